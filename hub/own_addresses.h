/* Where other machines may find a hub on this one. */
#ifndef HUB_OWN_ADDRESSES_H
#define HUB_OWN_ADDRESSES_H

#include "signed_code.h"

/* This machine's IPv4 addresses as "http://A:8600", as many as fit one code (two); the loopback one if
 * there is no other.
 * returns: how many, 1 at least */
uint8_t own_addresses(char out[static CODE_ADDRESSES][CODE_ADDRESS + 1]);

#endif
