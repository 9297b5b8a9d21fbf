"""The return on drug and alcohol treatment (NDTMS): that access to mutual aid was facilitated, for who agreed to it."""
