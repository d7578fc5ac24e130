#pragma once
#include <idn2.h>
#include <stdlib.h>
#include <unicase.h>
#include <uninorm.h>

// Macros over addresses of structures that Swift does not see as constants.
static inline uninorm_t shim_uninorm_nfc(void) { return UNINORM_NFC; }
static inline uninorm_t shim_uninorm_nfkd(void) { return UNINORM_NFKD; }
