#pragma once
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>

// Macros do not reach Swift: the bytes of a memory BIO, and the members of a stack of certificates.
static inline long shim_bio_bytes(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }
static inline int shim_certificates_count(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
static inline X509 *shim_certificates_at(const STACK_OF(X509) *stack, int index) {
  return sk_X509_value(stack, index);
}
static inline STACK_OF(X509) *shim_certificates_new(void) { return sk_X509_new_null(); }
static inline int shim_certificates_push(STACK_OF(X509) *stack, X509 *certificate) {
  return sk_X509_push(stack, certificate);
}
// Frees the stack and what is in it.
static inline void shim_certificates_free(STACK_OF(X509) *stack) {
  sk_X509_pop_free(stack, X509_free);
}

// How a name is printed: RFC 2253, but UTF-8 as it is.
static inline unsigned long shim_name_flags(void) { return XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB; }

struct shim_password {
  const void *bytes;
  int count;
};

// Without a callback OpenSSL would ask at the terminal.
static int shim_password_callback(char *buffer, int size, int writing, void *context) {
  const struct shim_password *password = (const struct shim_password *)context;
  (void)writing;
  if (password->bytes == NULL || password->count > size) return -1;
  memcpy(buffer, password->bytes, (size_t)password->count);
  return password->count;
}

static inline EVP_PKEY *shim_pem_private_key(BIO *bio, const void *password, int count) {
  struct shim_password given = {password, count};
  return PEM_read_bio_PrivateKey(bio, NULL, shim_password_callback, &given);
}

// The next certificate of a PEM text, whatever other blocks are before it.
static inline X509 *shim_pem_certificate(BIO *bio) {
  struct shim_password none = {NULL, 0};
  return PEM_read_bio_X509(bio, NULL, shim_password_callback, &none);
}

// A public key from the big-endian bytes of its two numbers.
static inline EVP_PKEY *shim_rsa_public_key(
    const unsigned char *modulus, int modulus_count, const unsigned char *exponent,
    int exponent_count) {
  EVP_PKEY *key = NULL;
  BIGNUM *n = BN_bin2bn(modulus, modulus_count, NULL);
  BIGNUM *e = BN_bin2bn(exponent, exponent_count, NULL);
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
  OSSL_PARAM *parameters = NULL;
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
  if (n && e && builder && context && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n) &&
      OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e) &&
      (parameters = OSSL_PARAM_BLD_to_param(builder)) && EVP_PKEY_fromdata_init(context) > 0) {
    if (EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, parameters) <= 0) key = NULL;
  }
  EVP_PKEY_CTX_free(context);
  OSSL_PARAM_free(parameters);
  OSSL_PARAM_BLD_free(builder);
  BN_free(e);
  BN_free(n);
  return key;
}
