#pragma once
// The regex_t and re_pattern_buffer of <regex.h> are other types of the same names, and Swift sees both headers. The
// wrappers hide Oniguruma's behind void *. They also stand in for macros around mutable globals, which Swift 6 refuses.
#define ONIG_ESCAPE_REGEX_T_COLLISION
#include <oniguruma.h>

static inline int busdriver_onig_initialize(void) {
    OnigEncoding encodings[1] = {ONIG_ENCODING_UTF8};
    return onig_initialize(encodings, 1);
}

static inline int busdriver_onig_new(
    void **regex, const OnigUChar *pattern, const OnigUChar *pattern_end, OnigErrorInfo *info) {
    return onig_new(
        (OnigRegex *)regex, pattern, pattern_end, ONIG_OPTION_NONE, ONIG_ENCODING_UTF8, ONIG_SYNTAX_RUBY, info);
}

static inline void busdriver_onig_free(void *regex) { onig_free((OnigRegex)regex); }

static inline int busdriver_onig_search(
    const void *regex, const OnigUChar *text, const OnigUChar *end, OnigMatchParam *limits) {
    return onig_search_with_param((OnigRegex)regex, text, end, text, end, 0, ONIG_OPTION_NONE, limits);
}

// Whether there is a match that begins at `start`. A search of a part of the text would also have to end there.
static inline int busdriver_onig_match(
    const void *regex, const OnigUChar *text, const OnigUChar *end, const OnigUChar *start, OnigMatchParam *limits) {
    return onig_match_with_param((OnigRegex)regex, text, end, start, 0, ONIG_OPTION_NONE, limits);
}

// onig_error_code_to_str is variadic.
static inline int busdriver_onig_error_text(OnigUChar *text, int code, OnigErrorInfo *info) {
    return onig_error_code_to_str(text, code, info);
}
