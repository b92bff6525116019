"""Reading what is only a picture: engines that recognise text, and what is done to a page before."""
