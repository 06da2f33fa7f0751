// SPDX-License-Identifier: MIT
// The same power losses in the core as C: what the boards compile.
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Wamr.Nano.IlToC;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Flash;
using Wamr.Nano.Tests.TestKit.Iltoc;
using Wamr.Nano.Tests.TestKit.Simulation;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Flash;

public sealed class TranslatedTests : IDisposable
{
    private const uint ImageBytes = 70;

    private readonly string folder = Directory.CreateTempSubdirectory("slots-").FullName;

    public void Dispose() => Directory.Delete(folder, true);

    [GccFact]
    public void The_core_as_C_survives_the_same_power_losses()
    {
        FlashTable[] tables = [.. FlashTable.Real(1, 2, 4, 8, 16, 32), FlashTable.Small(4), .. FlashTable.OfBoards()];
        TranslationResult result =
            Translation.Run(new TranslationOptions(CorpusProgram.Assembly) { Roots = ["PowerLossTest.Run"], Exports = false });
        File.WriteAllText(Path.Combine(folder, "slots.c"), result.Source);
        File.WriteAllText(Path.Combine(folder, "slots.h"), result.Header("SLOTS_H"));
        File.WriteAllText(Path.Combine(folder, "driver.c"), Driver(tables));
        CCompiler.Compile("gcc", folder, CCompiler.Flags + " -O1 -fsanitize=address,undefined slots.c driver.c -o slots");
        var (code, output) = CCompiler.Run(Path.Combine(folder, "slots"), "", folder);
        Assert.Equal((0, $"{tables.Length * SlotStory.Count} stories\n"), (code, output));
    }

    private static string Driver(FlashTable[] tables)
    {
        StringBuilder c = new();
        c.Append("#include <stdio.h>\n#include <stdlib.h>\n#include \"slots.h\"\n");
        for (int i = 0; i < tables.Length; i++)
            c.Append(CultureInfo.InvariantCulture, $"static uint32_t table{i}[] = {{{string.Join(", ", tables[i].Numbers)}}};\n");
        c.Append(CultureInfo.InvariantCulture, $$"""
            static uint32_t *const tables[] = {{{string.Join(", ", tables.Select((_, i) => $"table{i}"))}}};
            static const uint32_t bytes[] = {{{string.Join(", ", tables.Select(t => t.MemoryBytes))}}};
            int main(void)
            {
                int stories = 0;
                for (uint32_t t = 0; t < {{tables.Length}}; t++)
                    for (uint32_t story = 0; story < {{SlotStory.Count}}; story++) {
                        uint32_t result[7];
                        uint8_t *memory = calloc(1, bytes[t]);
                        struct PowerLossResult *to = (struct PowerLossResult *)result;
                        PowerLossTest_Run(tables[t], memory, story, {{ImageBytes}}, 1, {{FlashModel.Ways}}, to);
                        free(memory);
                        if (result[0] >= result[1] * {{FlashModel.Ways}} && result[1] != 0 && result[3] == 0) stories++;
                        else printf("table %u, story %u: failure %u at step %u, way %u\n", t, story, result[3], result[4], result[5]);
                    }
                printf("%d stories\n", stories);
                return 0;
            }

            """);
        return c.ToString();
    }
}
