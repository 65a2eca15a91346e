#pragma once
#include <curl/curl.h>

// Faces for the variadic functions, which Swift cannot call: one per kind of value.

static inline CURLcode traqora_curl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode traqora_curl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode traqora_curl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode traqora_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}

typedef size_t (*traqora_curl_transfer)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode traqora_curl_set_transfer(
    CURL *easy, CURLoption option, traqora_curl_transfer callback) {
  return curl_easy_setopt(easy, option, callback);
}

static inline CURLcode traqora_curl_set_open_socket(
    CURL *easy, curl_opensocket_callback callback) {
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callback);
}

// The address is longer than the `struct sockaddr` that it is declared as.
static inline const void *traqora_curl_address(const struct curl_sockaddr *address) {
  return &address->addr;
}

static inline long traqora_curl_response_code(CURL *easy) {
  long code = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
  return code;
}

static inline void *traqora_curl_private(CURL *easy) {
  void *pointer = NULL;
  curl_easy_getinfo(easy, CURLINFO_PRIVATE, &pointer);
  return pointer;
}

// 0 as long as nothing of the request has been sent.
static inline long traqora_curl_request_bytes(CURL *easy) {
  long bytes = 0;
  curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &bytes);
  return bytes;
}

static inline CURLMcode traqora_curl_multi_set_long(
    CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

static inline CURLcode traqora_curl_result(const CURLMsg *message) { return message->data.result; }

static inline CURLcode traqora_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_ALL); }
