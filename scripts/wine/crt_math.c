/* Functions of the C library of Windows 10 for complex numbers, which Wine 8 only has as stubs that end the
   process; numpy asks for them when it is loaded. All others are passed on: see crt_math.def. The structures
   are those of Microsoft's complex.h, whose long double is a double. */
#include <complex.h>

typedef struct { float part[2]; } F;
typedef struct { double part[2]; } D;

static float complex of_f(F z) { return __builtin_complex(z.part[0], z.part[1]); }
static double complex of_d(D z) { return __builtin_complex(z.part[0], z.part[1]); }
static F as_f(float complex z) { return (F){{__real__ z, __imag__ z}}; }
static D as_d(double complex z) { return (D){{__real__ z, __imag__ z}}; }

#define REAL(name) \
    float wine_##name##f(F z) { return name##f(of_f(z)); } \
    double wine_##name(D z) { return name(of_d(z)); } \
    double wine_##name##l(D z) { return name(of_d(z)); }
#define COMPLEX(name) \
    F wine_##name##f(F z) { return as_f(name##f(of_f(z))); } \
    D wine_##name(D z) { return as_d(name(of_d(z))); } \
    D wine_##name##l(D z) { return as_d(name(of_d(z))); }

REAL(creal) REAL(cimag) REAL(carg) REAL(cabs)
COMPLEX(cexp) COMPLEX(ccos) COMPLEX(csin) COMPLEX(ctan) COMPLEX(ccosh) COMPLEX(csinh) COMPLEX(ctanh)

F wine_cpowf(F z, F w) { return as_f(cpowf(of_f(z), of_f(w))); }
D wine_cpow(D z, D w) { return as_d(cpow(of_d(z), of_d(w))); }
D wine_cpowl(D z, D w) { return as_d(cpow(of_d(z), of_d(w))); }
