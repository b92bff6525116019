"""stub"""
def still_alive() -> None:
    pass
