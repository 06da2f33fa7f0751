// SPDX-License-Identifier: MIT
// The parts of Mbed TLS that the driver uses.
#ifndef CRYPTO_CONFIG_H
#define CRYPTO_CONFIG_H
#define MBEDTLS_AES_C
#define MBEDTLS_BIGNUM_C
#define MBEDTLS_CHACHA20_C
#define MBEDTLS_CHACHAPOLY_C
#define MBEDTLS_CIPHER_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_NO_INTERNAL_RNG
#define MBEDTLS_GCM_C
#define MBEDTLS_MD5_C
#define MBEDTLS_POLY1305_C
#define MBEDTLS_SHA1_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA512_C
#include <mbedtls/check_config.h>
#endif
