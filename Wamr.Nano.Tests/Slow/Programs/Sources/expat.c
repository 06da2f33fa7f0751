// SPDX-License-Identifier: MIT
// Parses a document in pieces and several broken ones.
#include "driver.h"
#include <expat.h>

static int depth, elements;
static uint32_t digest;

static void start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    (void)context;
    elements++;
    digest = digest * 31 + driver_digest(name, strlen(name)) + (uint32_t)++depth;
    for (; *attributes; attributes++) digest = digest * 31 + driver_digest(*attributes, strlen(*attributes));
}

static void end(void *context, const XML_Char *name)
{
    (void)context;
    (void)name;
    depth--;
}

static void characters(void *context, const XML_Char *text, int length)
{
    (void)context;
    for (int n = 0; n < length; n++) digest = digest * 31 + (uint8_t)text[n];
}

static void parse(const char *name, const char *text, size_t size, size_t piece)
{
    XML_Parser parser = XML_ParserCreate(NULL);
    CHECK(parser);
    XML_SetHashSalt(parser, 12345);
    XML_SetElementHandler(parser, start, end);
    XML_SetCharacterDataHandler(parser, characters);
    depth = elements = 0;
    digest = 0;
    enum XML_Status status = XML_STATUS_OK;
    for (size_t at = 0; at < size && status == XML_STATUS_OK; at += piece)
        status = XML_Parse(parser, text + at, (int)(size - at < piece ? size - at : piece), at + piece >= size);
    printf("%s by %zu: %d elements, digest %08x, %s at %lu:%lu\n", name, piece, elements, digest,
           status == XML_STATUS_OK ? "well-formed" : XML_ErrorString(XML_GetErrorCode(parser)),
           (unsigned long)XML_GetCurrentLineNumber(parser), (unsigned long)XML_GetCurrentColumnNumber(parser));
    XML_ParserFree(parser);
}

int main(void)
{
    static char document[16000], words[40];
    int at = sprintf(document, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE log [<!ENTITY deg \"&#176;C\"><!ATTLIST entry kind CDATA 'plain'>]>\n<log>\n");
    for (int n = 0; n < 120; n++) {
        driver_text(words, sizeof words - 1);
        for (char *c = words; *c; c++)
            if (*c == '\n') *c = '\t';
        at += sprintf(document + at, "  <entry n='%d'%s><v>%d&deg;</v><!-- %d --><![CDATA[<%s>]]>\xE2\x82\xAC &lt;</entry>\n", n, n % 5 ? "" : " kind=\"x&amp;y\"", (int)(driver_random() % 1000), n, words);
    }
    at += sprintf(document + at, "</log>\n");
    for (size_t piece = 1; piece <= 20000; piece *= 27) parse("document", document, (size_t)at, piece);
    static const char *const broken[] = {"<a><b></a>", "<a", "<a>&nothing;</a>", "<a x='1' x='2'/>", "", "<a/><b/>", "<a>\x01</a>", "<a>\xFF</a>", "<!DOCTYPE a [<!ENTITY b '&b;'>]><a>&b;</a>"};
    for (size_t n = 0; n < sizeof broken / sizeof *broken; n++) parse(broken[n], broken[n], strlen(broken[n]), 100);
    return 0;
}
