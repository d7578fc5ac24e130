#pragma once
#include <curl/curl.h>
#include <stdint.h>

// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, which Swift cannot call:
// one function for each type of argument in use.

static inline CURLcode shim_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_curl_set_size(CURL *handle, CURLoption option, int64_t value) {
  return curl_easy_setopt(handle, option, (curl_off_t)value);
}

static inline CURLcode shim_curl_set_errors(CURL *handle, char *buffer) {
  return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}

static inline CURLcode shim_curl_set_number(CURL *handle, uint64_t number) {
  return curl_easy_setopt(handle, CURLOPT_PRIVATE, (void *)(uintptr_t)number);
}

typedef size_t (*shim_curl_data)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode shim_curl_set_body_sink(CURL *handle, shim_curl_data sink, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, sink);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
}

static inline CURLcode shim_curl_set_header_sink(CURL *handle, shim_curl_data sink, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, sink);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
}

static inline int shim_curl_refuse_to_rewind(void *context, curl_off_t offset, int origin) {
  (void)context; (void)offset; (void)origin;
  return CURL_SEEKFUNC_FAIL;
}

// libcurl repeats a request by itself when a connection that it reused ends without a reply. It must
// not where a body was sent: the server may have acted on it. A body that cannot be rewound makes
// libcurl say so instead.
static inline CURLcode shim_curl_set_body_source(CURL *handle, shim_curl_data source, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, source);
  if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_READDATA, context);
  return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, shim_curl_refuse_to_rewind);
}

static inline long shim_curl_get_long(CURL *handle, CURLINFO info) {
  long value = 0;
  return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

static inline CURLMcode shim_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

// The message's result is a member of a union: flattened to the number that was set on the handle
// that is done, or 0.
static inline uint64_t shim_curl_next_done(CURLM *multi, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read(multi, &left)) != NULL) {
    if (message->msg != CURLMSG_DONE) continue;
    char *number = NULL;
    if (curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &number) != CURLE_OK) continue;
    *result = message->data.result;
    return (uint64_t)(uintptr_t)number;
  }
  return 0;
}
