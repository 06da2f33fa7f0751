// SPDX-License-Identifier: MIT
// Names of C++ and Rust as people read them; names that are none, or damaged, or made to do harm.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Hosted.Names;

public class ReadableNameTests
{
    /// <summary>Raw, readable.</summary>
    public static TheoryData<string, string> Table => new()
    {
        // C++
        { "_Z4drawi", "draw(int)" },
        { "_Z4drawv", "draw()" },
        { "_ZN3app6Screen4drawEPKcz", "app::Screen::draw(char const*, ...)" },
        { "_ZNK3app6Screen4sizeEv", "app::Screen::size() const" },
        { "_ZNO3app6Screen4takeEv", "app::Screen::take() &&" },
        { "_ZN3app6ScreenC2ERKS0_", "app::Screen::Screen(app::Screen const&)" },
        { "_ZN3app6ScreenD0Ev", "app::Screen::~Screen()" },
        { "_ZN12_GLOBAL__N_13runEb", "(anonymous namespace)::run(bool)" },
        { "_ZNSt6vectorIiSaIiEE9push_backEOi", "std::vector<int, std::allocator<int> >::push_back(int&&)" },
        { "_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_PKc", "std::basic_ostream<char, std::char_traits<char> >& std::operator<< "
            + "<std::char_traits<char> >(std::basic_ostream<char, std::char_traits<char> >&, char const*)" },
        { "_ZN1AcvT_IiEEv", "A::operator int<int>()" },
        { "_ZN1AcvPKcEv", "A::operator char const*()" },
        { "_ZN3foo3barB5cxx11Ev", "foo::bar[abi:cxx11]()" },
        { "_ZTV3App", "vtable for App" },
        { "_ZTI3App", "typeinfo for App" },
        { "_ZThn8_N3App3runEv", "non-virtual thunk to App::run()" },
        { "_ZGVZ3runvE5count", "guard variable for run()::count" },
        { "_ZZ3runvENKUlivE_clEiv", "run()::{lambda(int, void)#1}::operator()(int, void) const" },
        { "_ZZN1A3runEvENKUliE0_clEi", "A::run()::{lambda(int)#2}::operator()(int) const" },
        { "_Z3runPFivE", "run(int (*)())" },
        { "_Z3runRA4_KiM1AFvvEM1Ai", "run(int const (&) [4], void (A::*)(), int A::*)" },
        { "_Z3runIJiPcEEvDpT_", "void run<int, char*>(int, char*)" },
        { "_Z3runIiLb1ELj5EEvT_", "void run<int, true, 5u>(int)" },
        { "_Z3runIiENSt9enable_ifIXsr3std9is_signedIT_EE5valueEvE4typeES1_",
            "std::enable_if<std::is_signed<int>::value, void>::type run<int>(int)" },
        { "_Z3addIiiEDTplfp_fp0_ET_T0_", "decltype ({parm#1}+{parm#2}) add<int, int>(int, int)" },
        { "_Z3runi.part.0", "run(int) [clone .part.0]" },
        { "_ZNSsC1Ev", "std::basic_string<char, std::char_traits<char>, std::allocator<char> >::basic_string()" },
        { "_ZNKSs4sizeEv", "std::string::size() const" },
        // Rust, of old and of today
        { "_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE", "core::fmt::Write::write_fmt" },
        { "_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE.llvm.123", "core::fmt::Write::write_fmt" },
        { "_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$GT$$GT$3bar17h930b740aa94f1d3aE",
            "<Test + 'static as foo::Bar<Test>>::bar" },
        { "_ZN1a4main28_$u7b$$u7b$closure$u7d$$u7d$17hb192948218696beeE", "a::main::{{closure}}" },
        { "_ZN1a21_$udc$n$uef$$LT$_$GT$13gr$uf6$$udf$e17h4bbf64af7e52abe5E", "a::Ünï<_>::größe" },
        { "_RNvC6_123foo3bar", "123foo::bar" },
        { "_RNvCsfLfy6EI15iL_7___rustc12___rust_alloc", "__rustc::__rust_alloc" },
        { "_RINbNbCskIICzLVDPPb_5alloc5alloc8box_freeDINbNiB4_5boxed5FnBoxuEp6OutputuEL_ECs1iopQbuBiw2_3std",
            "alloc::alloc::box_free::<dyn alloc::boxed::FnBox<(), Output = ()>>" },
        { "_RNCNvCs1_1a4mains_0", "a::main::{closure#1}" },
        { "_RNvMCs1_1aNtB2_3App3run", "<a::App>::run" },
        { "_RNvXCs1_1aNtB2_3AppNtB2_2Go2go", "<a::App as a::Go>::go" },
        { "_RINvCs1_1a3runRSmTlQeEFUKCjEhKj20_E", "a::run::<&[u32], (i32, &mut str), unsafe extern \"C\" fn(usize) -> u8, 32>" },
        { "_RNvNtCs1_1au8grea_7qa3run", "a::greöa::run" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Name_is_read(string raw, string readable) => Assert.Equal(readable, ReadableName.Of(raw));

    [Theory]
    [InlineData("")]
    [InlineData("main")]
    [InlineData("_Z")]
    [InlineData("_R")]
    [InlineData("_ZN")]
    [InlineData("_Zfoo")]
    [InlineData("_ZN3fooE17h")]
    [InlineData("_Z99999999999999foov")]
    [InlineData("_ZS_")]
    [InlineData("_Z3fooT_")]
    [InlineData("_ZcvT_v")]
    [InlineData("_RNvC1a")]
    [InlineData("_RB_")]
    [InlineData("_RNvB1_1a")]
    [InlineData("_RNvC1au3_999")]
    [InlineData("draw(int)")]
    public void What_is_no_such_name_stays_as_it_is(string name) => Assert.Equal(name, ReadableName.Of(name));

    [Fact]
    public void Names_made_to_do_harm_end_soon_and_stay_as_they_are()
    {
        foreach (string bomb in Bombs())
        {
            long start = Stopwatch.GetTimestamp();
            Assert.Equal(bomb, ReadableName.Of(bomb));
            Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5);
        }
    }

    private static IEnumerable<string> Bombs()
    {
        yield return "_Z1f" + new string('P', 60_000) + "i";
        yield return "_Z1f" + string.Concat(Enumerable.Repeat("N1a", 10_000));
        yield return "_Z1f" + string.Concat(Enumerable.Repeat("1aI", 10_000));
        yield return "_ZN1f" + string.Concat(Enumerable.Repeat("X", 60_000));
        yield return "_Z1fIX" + string.Concat(Enumerable.Repeat("ng", 30_000)) + "LiEEEvv";
        yield return "_Z" + string.Concat(Enumerable.Repeat("Z1fvE", 10_000)) + "1f";
        yield return "_RNv" + string.Concat(Enumerable.Repeat("Nv", 20_000)) + "C1a1b";
        yield return "_RINvC1a1b" + string.Concat(Enumerable.Repeat("R", 60_000)) + "uE";
        // What was said is said again twice, and that twice again.
        StringBuilder pairs = new("_Z1f1aIiiE");
        StringBuilder chain = new("_Z1fPi");
        for (int n = 0; n < 3000; n++)
        {
            string last = n == 0 ? "S_" : $"S{Base36(n - 1)}_";
            pairs.Append($"1aI{last}{last}E");
            chain.Append($"P{last}");
        }
        yield return pairs.Append('i').ToString();
        yield return chain.ToString();
        // As the others, by the references of Rust: each pair says what the pair before says.
        StringBuilder rust = new("_RINvC1a1bTuuE");
        for (int at = 8, n = 0; n < 40; n++)
        {
            string back = $"B{Base62(at)}_";
            at = rust.Length - 2;
            rust.Append($"T{back}{back}E");
        }
        yield return rust.Append('E').ToString();
    }

    private static string Base36(int number) => number < 36 ? Digit(number) : Base36(number / 36) + Digit(number % 36);

    private static string Digit(int digit) => ((char)(digit < 10 ? '0' + digit : 'A' + digit - 10)).ToString();

    private static string Base62(int number) => number == 0 ? "" : Of62(number - 1);

    private static string Of62(int number)
    {
        const string digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        return number < 62 ? digits[number].ToString() : Of62(number / 62) + digits[number % 62];
    }

    [Fact]
    public void Damaged_names_do_no_harm()
    {
        Random random = new(1);
        string[] names = [.. Table.Select(row => (string)row[0])];
        for (int n = 0; n < 50_000; n++)
        {
            StringBuilder name = new(names[random.Next(names.Length)]);
            string other = names[random.Next(names.Length)];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                int at = random.Next(2, name.Length);
                switch (random.Next(4))
                {
                    case 0: name[at] = other[random.Next(other.Length)]; break;
                    case 1: name.Remove(at, Math.Min(name.Length - at, random.Next(1, 5))); break;
                    case 2: name.Insert(at, other[random.Next(other.Length)..]); break;
                    default: name.Insert(at, (char)random.Next(1, 0x300)); break;
                }
                if (name.Length < 4) break;
            }
            Assert.NotNull(ReadableName.Of(name.ToString()));
        }
    }

    [Fact]
    public void A_trap_shows_readable_names_and_keeps_the_raw_ones()
    {
        ModuleBuilder m = new();
        m.Function(":", new Code().Op(Opcode.Unreachable), export: "_ZN3app4drawEi");
        using NanoRuntime runtime = new(0);
        using NanoInstance app = runtime.LoadModule(m.Build()).Instantiate();
        WasmException e = Assert.Throws<WasmException>(() => app.GetAction("_ZN3app4drawEi")());
        Assert.Equal(("_ZN3app4drawEi", "app::draw(int)"), (e.CallStack[0].FunctionName, e.CallStack[0].ReadableName));
        Assert.StartsWith("at app::draw(int) (function 0, offset", e.CallStack[0].ToString(), StringComparison.Ordinal);
    }
}
