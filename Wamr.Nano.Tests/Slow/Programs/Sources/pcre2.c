// SPDX-License-Identifier: MIT
// Matches patterns of all kinds against text, and replaces what they find.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "driver.h"
#include <pcre2.h>

static char text[6000];

static void find(const char *pattern, uint32_t options)
{
    int error;
    PCRE2_SIZE at;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options, &error, &at, NULL);
    if (!code) {
        PCRE2_UCHAR message[120];
        pcre2_get_error_message(error, message, sizeof message);
        printf("/%s/: %s at %zu\n", pattern, (char *)message, (size_t)at);
        return;
    }
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(code, NULL);
    int count = 0, result;
    uint32_t digest = 0;
    for (PCRE2_SIZE from = 0; (result = pcre2_match(code, (PCRE2_SPTR)text, sizeof text, from, 0, match, NULL)) > 0; count++) {
        PCRE2_SIZE *found = pcre2_get_ovector_pointer(match);
        digest = digest * 31 + driver_digest(text + found[0], found[1] - found[0]) + (uint32_t)found[2 * (result - 1)];
        from = found[1] > found[0] ? found[1] : found[1] + 1;
    }
    static PCRE2_UCHAR replaced[40000];
    PCRE2_SIZE size = sizeof replaced;
    int substituted = pcre2_substitute(code, (PCRE2_SPTR)text, sizeof text, 0, PCRE2_SUBSTITUTE_GLOBAL, match, NULL, (PCRE2_SPTR) "<$0>", PCRE2_ZERO_TERMINATED, replaced, &size);
    printf("/%s/: %d found, last %d, digest %08x; %d replaced, %zu bytes, digest %08x\n", pattern, count, result, digest, substituted,
           substituted < 0 ? (size_t)0 : (size_t)size, substituted < 0 ? 0 : driver_digest(replaced, size));
    pcre2_match_data_free(match);
    pcre2_code_free(code);
}

int main(void)
{
    driver_text(text, sizeof text);
    find("sensor (value|temperature)", 0);
    find("\\b(\\w)\\w*\\1\\b", 0);
    find("^warning:.*?limit$", PCRE2_MULTILINE);
    find("(?<=the )[a-z]+(?! of)", 0);
    find("(?i)PRESSURE\\s+(?:is|and)\\s+([0-9.]+)", 0);
    find("(a+b?|c)*d", 0);
    find("[^\\W\\d_]{8,}", PCRE2_UTF | PCRE2_UCP);
    find("(?<n>\\d+)(?:\\.\\d+)?\\s(?(<n>)is|of)", 0);
    find("(?>[a-z ]+)x", 0);
    find("\\((?:[^()]|(?R))*\\)", 0);
    find("([a-z]+) (\\1)", PCRE2_CASELESS);
    find("a(b", 0);
    find("[z-a]", 0);
    return 0;
}
