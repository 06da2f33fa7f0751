// SPDX-License-Identifier: MIT
// Hashes, ciphers and large numbers: AES, SHA, ChaCha20, elliptic curves, modular powers.
#include "driver.h"
#include <mbedtls/aes.h>
#include <mbedtls/bignum.h>
#include <mbedtls/chachapoly.h>
#include <mbedtls/ecp.h>
#include <mbedtls/gcm.h>
#include <mbedtls/md5.h>
#include <mbedtls/sha1.h>
#include <mbedtls/sha256.h>
#include <mbedtls/sha512.h>

static uint8_t text[3000], out[3000], key[32], tag[16];

static int noise(void *context, unsigned char *bytes, size_t size)
{
    (void)context;
    for (size_t n = 0; n < size; n++) bytes[n] = (uint8_t)driver_random();
    return 0;
}

static void hash(const char *name, size_t size)
{
    printf("%s ", name);
    for (size_t n = 0; n < size; n++) printf("%02x", out[n]);
    printf("\n");
}

static void ciphers(void)
{
    mbedtls_gcm_context gcm;
    mbedtls_gcm_init(&gcm);
    CHECK(mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, 256) == 0);
    CHECK(mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, sizeof text, key, 12, key, 7, text, out, 16, tag) == 0);
    printf("AES-GCM %08x tag %08x\n", driver_digest(out, sizeof out), driver_digest(tag, sizeof tag));
    CHECK(mbedtls_gcm_auth_decrypt(&gcm, sizeof out, key, 12, key, 7, tag, 16, out, out) == 0);
    CHECK(memcmp(text, out, sizeof text) == 0);
    mbedtls_gcm_free(&gcm);
    mbedtls_chachapoly_context chacha;
    mbedtls_chachapoly_init(&chacha);
    CHECK(mbedtls_chachapoly_setkey(&chacha, key) == 0);
    CHECK(mbedtls_chachapoly_encrypt_and_tag(&chacha, sizeof text, key, key, 9, text, out, tag) == 0);
    printf("ChaCha20 %08x tag %08x\n", driver_digest(out, sizeof out), driver_digest(tag, sizeof tag));
    mbedtls_chachapoly_free(&chacha);
}

static void numbers(void)
{
    mbedtls_mpi a, b, n, r;
    mbedtls_mpi_init(&a);
    mbedtls_mpi_init(&b);
    mbedtls_mpi_init(&n);
    mbedtls_mpi_init(&r);
    CHECK(mbedtls_mpi_fill_random(&a, 64, noise, NULL) == 0 && mbedtls_mpi_fill_random(&b, 24, noise, NULL) == 0 && mbedtls_mpi_fill_random(&n, 64, noise, NULL) == 0);
    CHECK(mbedtls_mpi_set_bit(&n, 0, 1) == 0 && mbedtls_mpi_exp_mod(&r, &a, &b, &n, NULL) == 0);
    char number[400];
    size_t size;
    CHECK(mbedtls_mpi_write_string(&r, 16, number, sizeof number, &size) == 0);
    printf("power %s\n", number);
    CHECK(mbedtls_mpi_gcd(&r, &a, &n) == 0 && mbedtls_mpi_write_string(&r, 10, number, sizeof number, &size) == 0);
    printf("gcd %s\n", number);
    mbedtls_mpi_free(&a);
    mbedtls_mpi_free(&b);
    mbedtls_mpi_free(&n);
    mbedtls_mpi_free(&r);
}

static void curve(void)
{
    mbedtls_ecp_group group;
    mbedtls_ecp_point point;
    mbedtls_mpi secret;
    mbedtls_ecp_group_init(&group);
    mbedtls_ecp_point_init(&point);
    mbedtls_mpi_init(&secret);
    CHECK(mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP256R1) == 0);
    CHECK(mbedtls_mpi_fill_random(&secret, 31, noise, NULL) == 0);
    CHECK(mbedtls_ecp_mul(&group, &point, &secret, &group.G, noise, NULL) == 0);
    size_t size;
    CHECK(mbedtls_ecp_point_write_binary(&group, &point, MBEDTLS_ECP_PF_UNCOMPRESSED, &size, out, sizeof out) == 0);
    hash("P-256", size);
    mbedtls_ecp_point_free(&point);
    mbedtls_ecp_group_free(&group);
    mbedtls_mpi_free(&secret);
}

int main(void)
{
    driver_text((char *)text, sizeof text);
    noise(NULL, key, sizeof key);
    mbedtls_md5_ret(text, sizeof text, out);
    hash("MD5", 16);
    mbedtls_sha1_ret(text, sizeof text, out);
    hash("SHA-1", 20);
    mbedtls_sha256_ret(text, sizeof text, out, 0);
    hash("SHA-256", 32);
    mbedtls_sha512_ret(text, sizeof text, out, 0);
    hash("SHA-512", 64);
    ciphers();
    numbers();
    curve();
    return 0;
}
