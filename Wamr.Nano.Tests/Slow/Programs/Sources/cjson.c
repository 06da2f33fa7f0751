// SPDX-License-Identifier: MIT
// Builds a document, prints it, parses it, changes it, prints it again.
#include "driver.h"
#include <cJSON.h>

static void show(const char *name, cJSON *json)
{
    char *text = cJSON_PrintUnformatted(json);
    CHECK(text);
    printf("%s: %zu bytes, digest %08x\n%.300s\n", name, strlen(text), driver_digest(text, strlen(text)), text);
    cJSON *again = cJSON_Parse(text);
    CHECK(again && cJSON_Compare(json, again, 1));
    cJSON_Delete(again);
    free(text);
}

int main(void)
{
    cJSON *root = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(root, "readings");
    for (int n = 0; n < 60; n++) {
        cJSON *item = cJSON_CreateObject();
        cJSON_AddNumberToObject(item, "n", n);
        cJSON_AddNumberToObject(item, "value", (int32_t)driver_random() / 65536.0);
        cJSON_AddNumberToObject(item, "tiny", 1.0 / (1.0 + driver_random()));
        cJSON_AddStringToObject(item, "unit", n % 3 ? "\xC2\xB0""C" : "line\nbreak \"quoted\" \x01");
        cJSON_AddBoolToObject(item, "alarm", n % 7 == 0);
        cJSON_AddItemToArray(list, item);
    }
    show("built", root);
    cJSON *parsed = cJSON_Parse("{\"a\":[1,-2.5e3,1e300,0.1,true,null,{\"b\":\"\\u00e9\\ud83d\\ude00\"}],\"c\":{}}");
    CHECK(parsed);
    show("parsed", parsed);
    cJSON_ReplaceItemInObject(parsed, "c", cJSON_Duplicate(root, 1));
    cJSON_DeleteItemFromArray(cJSON_GetObjectItem(parsed, "a"), 1);
    show("changed", parsed);
    char *formatted = cJSON_Print(parsed);
    printf("formatted: %08x\n", driver_digest(formatted, strlen(formatted)));
    static const char *const bad[] = {"{", "[1,]", "{\"a\" 1}", "\"\\ud800\"", "nul", "[1e]", "{\"a\":[[[[]]]}"};
    for (size_t n = 0; n < sizeof bad / sizeof *bad; n++) {
        const char *end = bad[n];
        cJSON *none = cJSON_ParseWithOpts(bad[n], &end, 1);
        printf("%s: %s at %d\n", bad[n], none ? "accepted" : "refused", (int)(end - bad[n]));
        cJSON_Delete(none);
    }
    free(formatted);
    cJSON_Delete(parsed);
    cJSON_Delete(root);
    return 0;
}
