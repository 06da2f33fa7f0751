// SPDX-License-Identifier: MIT
// Sections by hand-written bytes (spec chapter 5.5): what is refused, with code, offset and index of the item.
using System;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Load;

public class SectionTests
{
    private const string Header = "0061736D01000000";

    [Theory]
    [InlineData("", WasmError.UnexpectedEnd)]
    [InlineData("0061736D010000", WasmError.UnexpectedEnd)]
    [InlineData("0061736E01000000", WasmError.BadMagic)]
    [InlineData("0061736D02000000", WasmError.UnknownVersion)]
    [InlineData("0061736D0D000100", WasmError.IsComponent)]
    [InlineData("0061736D01000200", WasmError.UnknownVersion)]
    public void Header_is_refused(string hex, WasmError expected) => Assert.Equal(expected, Load(hex).Code);

    [Fact]
    public void Header_alone_is_a_module() => Assert.Equal(WasmError.None, Load(Header).Code);

    // Offsets count from the first byte of the module, 8 is the first behind the header.
    [Theory]
    [InlineData("unknown id", "0E00", WasmError.BadSectionId, 8)]
    [InlineData("tags", "0D00", WasmError.UnsupportedFeature, 8)]
    [InlineData("size missing", "01", WasmError.UnexpectedEnd, 9)]
    [InlineData("size beyond the end", "0102", WasmError.UnexpectedEnd, 10)]
    [InlineData("size of six bytes", "0180808080800000", WasmError.BadLeb128, 9)]
    [InlineData("out of order", "030100" + "010100", WasmError.SectionOrder, 11)]
    [InlineData("twice", "010100" + "010100", WasmError.SectionOrder, 11)]
    [InlineData("data count behind code", "0A0100" + "0C0100", WasmError.SectionOrder, 11)]
    [InlineData("count beyond the section", "010102", WasmError.UnexpectedEnd, 10)]
    [InlineData("bytes left over", "01050160000000", WasmError.SectionSizeMismatch, 14)]
    [InlineData("custom without a name", "0000", WasmError.UnexpectedEnd, 10)]
    [InlineData("custom with a name that is not UTF-8", "000201FF", WasmError.BadUtf8, 11)]
    [InlineData("functions without code", "010401600000" + "03020100", WasmError.FunctionCodeCountMismatch, 18)]
    [InlineData("code without functions", "0A040102000B", WasmError.FunctionCodeCountMismatch, 14)]
    [InlineData("data count without data", "0C0101", WasmError.DataCountMismatch, 10)]
    [InlineData("data count with a byte too many", "0C020000", WasmError.SectionSizeMismatch, 11)]
    public void Section_is_refused(string name, string hex, WasmError expected, int offset) => Refused(name, hex, expected, offset, null);

    [Theory]
    [InlineData("form", "01020160", WasmError.UnexpectedEnd, 12, 0)]
    [InlineData("unknown form", "010401610000", WasmError.BadTypeForm, 11, 0)]
    [InlineData("structure", "0103015F00", WasmError.UnsupportedFeature, 11, 0)]
    [InlineData("value type", "010802" + "60000060017500", WasmError.BadValueType, 16, 1)]
    [InlineData("vector", "010601" + "60017B6000", WasmError.UnsupportedFeature, 13, 0)]
    public void Type_is_refused(string name, string hex, WasmError expected, int offset, int index) =>
        Refused(name, hex, expected, offset, index);

    [Theory]
    [InlineData("kind", "0204010000" + "05", WasmError.BadExternKind, 13, 0)]
    [InlineData("tag", "0206010000" + "040000", WasmError.UnsupportedFeature, 13, 0)]
    [InlineData("unknown type", "02050100000000", WasmError.UnknownType, 11, 0)]
    [InlineData("second of two", "020B02" + "0000037F00" + "0000037F02", WasmError.BadMutability, 20, 1)]
    [InlineData("name that is not UTF-8", "020601" + "01800000" + "00", WasmError.BadUtf8, 12, 0)]
    [InlineData("two memories", "020B02" + "0000020000" + "0000020000", WasmError.MultipleMemories, 16, 1)]
    public void Import_is_refused(string name, string hex, WasmError expected, int offset, int index) =>
        Refused(name, hex, expected, offset, index);

    [Theory]
    [InlineData("unknown flags", "0503011000", WasmError.BadLimitsFlags, 11)]
    [InlineData("shared", "050401030000", WasmError.UnsupportedFeature, 11)]
    [InlineData("64 bits", "0503010400", WasmError.UnsupportedFeature, 11)]
    [InlineData("minimum above maximum", "050401010100", WasmError.LimitsMinimumAboveMaximum, 11)]
    [InlineData("more than 4 GiB", "05050100818004", WasmError.MemoryTooLarge, 11)]
    [InlineData("maximum of more than 4 GiB", "0506010100818004", WasmError.MemoryTooLarge, 11)]
    [InlineData("page of 2 bytes", "050401080001", WasmError.BadPageSize, 13)]
    [InlineData("page of 2^65 bytes", "050401080041", WasmError.IndexTooLarge, 13)]
    [InlineData("more than 4 GiB of bytes", "05080108808080801000", WasmError.MemoryTooLarge, 11)]
    [InlineData("two", "05050200000000", WasmError.MultipleMemories, 13)]
    public void Memory_is_refused(string name, string hex, WasmError expected, int offset) => Refused(name, hex, expected, offset, null);

    [Theory]
    [InlineData("05030100" + "00")]
    [InlineData("05050100808004")]
    [InlineData("0506010100808004")]
    [InlineData("050401080000")]
    [InlineData("050401080010")]
    [InlineData("05080108FFFFFFFF0F00")]
    public void Memory_is_accepted(string hex) => Assert.Equal(WasmError.None, Load(Header + hex).Code);

    [Theory]
    [InlineData("no reference type", "0404017F0000", WasmError.BadValueType, 11)]
    [InlineData("initialised", "0408014000700000D00B", WasmError.UnsupportedFeature, 11)]
    [InlineData("page size", "040401700800", WasmError.BadLimitsFlags, 12)]
    [InlineData("shared", "040401700200", WasmError.BadLimitsFlags, 12)]
    [InlineData("64 bits", "040401700400", WasmError.UnsupportedFeature, 12)]
    [InlineData("minimum above maximum", "04050170010100", WasmError.LimitsMinimumAboveMaximum, 12)]
    [InlineData("more than 32 bits", "04080170008080808010", WasmError.TableTooLarge, 12)]
    public void Table_is_refused(string name, string hex, WasmError expected, int offset) => Refused(name, hex, expected, offset, 0);

    private const string I32Global = "0606017F0041000B";

    [Theory]
    [InlineData("unknown function", "070501" + "01610000", WasmError.UnknownFunction, 11, 0)]
    [InlineData("unknown table", "070501" + "01610100", WasmError.UnknownTable, 11, 0)]
    [InlineData("unknown memory", "070501" + "01610200", WasmError.UnknownMemory, 11, 0)]
    [InlineData("unknown global", I32Global + "070501" + "01610301", WasmError.UnknownGlobal, 19, 0)]
    [InlineData("unknown kind", "070501" + "01610500", WasmError.BadExternKind, 13, 0)]
    public void Export_is_refused(string name, string hex, WasmError expected, int offset, int index) =>
        Refused(name, hex, expected, offset, index);

    [Theory]
    [InlineData("two of one name", I32Global + "070D03" + "01610300" + "01620300" + "01610300")]
    [InlineData("two without a name", I32Global + "070702" + "000300" + "000300")]
    public void Duplicate_export_is_refused(string name, string hex) => Refused(name, hex, WasmError.DuplicateExport, null, null);

    [Theory]
    [InlineData("unknown function", "080100", WasmError.UnknownFunction, 10)]
    [InlineData("empty", "0800", WasmError.UnexpectedEnd, 10)]
    [InlineData("with a parameter", "0105016001" + "7F00" + "0205010000" + "0000" + "080100", WasmError.BadStartFunction, 24)]
    public void Start_is_refused(string name, string hex, WasmError expected, int offset) => Refused(name, hex, expected, offset, 0);

    private const string Table = "0404017000" + "0A";

    [Theory]
    [InlineData("flags", Table + "090301" + "0800", WasmError.BadSegmentFlags, 17)]
    [InlineData("no table", "090601" + "0041000B00", WasmError.UnknownTable, 11)]
    [InlineData("unknown table", Table + "090801" + "020141000B0000", WasmError.UnknownTable, 17)]
    [InlineData("kind", Table + "090401" + "010100", WasmError.BadElemKind, 18)]
    [InlineData("unknown function", Table + "090501" + "01000100", WasmError.UnknownFunction, 20)]
    [InlineData("type of the table", Table + "090901" + "060041000B6F00" + "00", WasmError.TypeMismatch, 22)]
    [InlineData("type of an element", Table + "090701" + "057001D06F0B", WasmError.TypeMismatch, 22)]
    [InlineData("count", Table + "090501" + "0100FF00", WasmError.UnexpectedEnd, 19)]
    [InlineData("offset of another type", Table + "090601" + "0042000B00", WasmError.TypeMismatch, 20)]
    public void Element_segment_is_refused(string name, string hex, WasmError expected, int offset) =>
        Refused(name, hex, expected, offset, 0);

    private const string Memory = "0503010001";

    [Theory]
    [InlineData("flags", Memory + "0B0301" + "0300", WasmError.BadSegmentFlags, 16)]
    [InlineData("no memory", "0B0601" + "0041000B00", WasmError.UnknownMemory, 11)]
    [InlineData("unknown memory", Memory + "0B0701" + "020141000B00", WasmError.UnknownMemory, 16)]
    [InlineData("bytes beyond the section", Memory + "0B0701" + "0041000B0200", WasmError.UnexpectedEnd, 21)]
    [InlineData("offset of another type", Memory + "0B0601" + "0042000B00", WasmError.TypeMismatch, 19)]
    [InlineData("offset of two values", Memory + "0B0801" + "00410041000B00", WasmError.TypeMismatch, 21)]
    public void Data_segment_is_refused(string name, string hex, WasmError expected, int offset) => Refused(name, hex, expected, offset, 0);

    private const string OneFunction = "010401600000" + "03020100";

    [Theory]
    [InlineData("size beyond the section", "0A0401" + "03000B", WasmError.UnexpectedEnd, 22)]
    [InlineData("end missing", "0A0401" + "020001", WasmError.UnexpectedEnd, 24)]
    [InlineData("end too early", "0A0501" + "03000B0B", WasmError.BodyEndMismatch, 24)]
    [InlineData("runs of locals", "0A0401" + "02050B", WasmError.UnexpectedEnd, 22)]
    [InlineData("type of locals", "0A0601" + "040101750B", WasmError.BadValueType, 24)]
    [InlineData("more than 2^32 locals", "0A1001" + "0E02FFFFFFFF0F7FFFFFFFFF0F7E0B", WasmError.TooManyLocals, 22)]
    [InlineData("more locals than there may be", "0A0A01" + "0801FFFFFFFF0F7F0B", WasmError.LocalsBeyondLimit, 22)]
    public void Code_is_refused(string name, string hex, WasmError expected, int offset) =>
        Refused(name, OneFunction + hex, expected, offset, 0);

    [Fact]
    public void Index_of_a_function_counts_the_imported_ones()
    {
        ErrorInfo error = Load(Header + "010401600000" + "020902" + "00000000" + "00000000" + "03020100" + "0A050103001A0B");
        Assert.Equal((WasmError.TypeMismatch, 2u), (error.Code, error.Index));
    }

    private static void Refused(string name, string hex, WasmError expected, int? offset, int? index)
    {
        ErrorInfo error = Load(Header + hex);
        Assert.True(error.Code == expected, $"{name}: {error.Code} at {error.Offset}");
        if (offset is int o) Assert.Equal((uint)o, error.Offset);
        if (index is int i) Assert.Equal((uint)i, error.Index);
    }

    /// <summary>Details of the refusal; its code is None where the module loads.</summary>
    private static ErrorInfo Load(string hex)
    {
        using LoadHarness harness = new();
        WasmError code = harness.Load(Convert.FromHexString(hex));
        if (code != WasmError.None) Assert.Equal(code, harness.Error.Code);
        return code == WasmError.None ? default : harness.Error;
    }
}
