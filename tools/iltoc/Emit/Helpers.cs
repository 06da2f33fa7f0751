// SPDX-License-Identifier: MIT
// The C helpers a translation may use. Each is emitted once, when it is used, after those it needs.
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace Wamr.Nano.IlToC;

internal static class Helpers
{
    private static readonly List<(string Name, string Text)> All =
        [.. Memory(), .. BitCounts(), .. Rotations(), .. BitCasts(), .. FromFloat(), .. Math()];

    /// <summary>The texts of the helpers the code names, in the table's order, with those they name themselves.</summary>
    internal static string For(string code)
    {
        var wanted = new HashSet<string>(Named(code));
        for (int i = All.Count - 1; i >= 0; i--)
            if (wanted.Contains(All[i].Name)) wanted.UnionWith(Named(All[i].Text));
        var text = new StringBuilder();
        foreach (var (name, body) in All)
            if (wanted.Contains(name)) text.Append(body);
        return text.ToString();
    }

    private static IEnumerable<string> Named(string code) => Regex.Matches(code, @"\bil_\w+").Select(m => m.Value);

    private static IEnumerable<(string, string)> Memory()
    {
        foreach (string name in new[] { "memcpy", "memmove", "memset" })
            yield return ("il_" + name,
                $"#if IL_GNU\n#define il_{name} __builtin_{name}\n#else\n#include <string.h>\n#define il_{name} {name}\n#endif\n");
        // C forbids null even for no bytes at all, and compilers draw conclusions from that; C# code may pass it.
        yield return ("il_copy",
            "static inline void il_copy(void *to, const void *from, uptr size)\n{\n    if (size != 0) il_memcpy(to, from, size);\n}\n");
        yield return ("il_move",
            "static inline void il_move(void *to, const void *from, uptr size)\n{\n    if (size != 0) il_memmove(to, from, size);\n}\n");
        yield return ("il_fill",
            "static inline void il_fill(void *to, u8 value, uptr size)\n{\n    if (size != 0) il_memset(to, value, size);\n}\n");
        foreach (int bits in new[] { 16, 32, 64 })
        {
            yield return ($"il_load{bits}",
                $"IL_INLINE u{bits} il_load{bits}(const void *p)\n{{\n    u{bits} v;\n    il_memcpy(&v, p, sizeof v);\n    return v;\n"
                + $"}}\n");
            yield return ($"il_store{bits}",
                $"IL_INLINE void il_store{bits}(void *p, u{bits} v)\n{{\n    il_memcpy(p, &v, sizeof v);\n}}\n");
        }
    }

    /// <summary>
    /// Where the processor counts bits itself the builtin is one instruction; elsewhere it would be a call into libgcc and its tables.
    /// </summary>
    private static IEnumerable<(string, string)> BitCounts()
    {
        yield return ("il_popcount32", """
            IL_INLINE i32 il_popcount32(u32 v)
            {
            #if IL_GNU && (defined(__POPCNT__) || defined(__riscv_zbb) || defined(__aarch64__))
                return __builtin_popcount(v);
            #else
                v -= v >> 1 & 0x55555555u;
                v = (v & 0x33333333u) + (v >> 2 & 0x33333333u);
                return (i32)(((v + (v >> 4)) & 0x0F0F0F0Fu) * 0x01010101u >> 24);
            #endif
            }

            """);
        yield return ("il_popcount64",
            "IL_INLINE i32 il_popcount64(u64 v)\n{\n    return il_popcount32((u32)v) + il_popcount32((u32)(v >> 32));\n}\n");
        yield return ("il_clz32", """
            /* C# defines the count of zero as 32; the builtins do not. */
            IL_INLINE i32 il_clz32(u32 v)
            {
            #if IL_GNU && (defined(__ARM_FEATURE_CLZ) || defined(__x86_64__) || defined(__i386__) || defined(__aarch64__) \
                || defined(__riscv_zbb) || defined(__XTENSA__))
                return v == 0 ? 32 : __builtin_clz(v);
            #else
                i32 n = 32;
                if (v >> 16) { n -= 16; v >>= 16; }
                if (v >> 8) { n -= 8; v >>= 8; }
                if (v >> 4) { n -= 4; v >>= 4; }
                if (v >> 2) { n -= 2; v >>= 2; }
                return v >> 1 ? n - 2 : n - (i32)v;
            #endif
            }

            """);
        yield return ("il_clz64",
            "IL_INLINE i32 il_clz64(u64 v)\n{\n    return v >> 32 ? il_clz32((u32)(v >> 32)) : 32 + il_clz32((u32)v);\n}\n");
        yield return ("il_ctz32", "IL_INLINE i32 il_ctz32(u32 v)\n{\n    return v == 0 ? 32 : 31 - il_clz32(v & (0u - v));\n}\n");
        yield return ("il_ctz64",
            "IL_INLINE i32 il_ctz64(u64 v)\n{\n    return (u32)v ? il_ctz32((u32)v) : 32 + il_ctz32((u32)(v >> 32));\n}\n");
    }

    private static IEnumerable<(string, string)> Rotations()
    {
        foreach (int bits in new[] { 32, 64 })
            foreach (var (name, one, other) in new[] { ("rotl", "<<", ">>"), ("rotr", ">>", "<<") })
                yield return ($"il_{name}{bits}", $"IL_INLINE u{bits} il_{name}{bits}(u{bits} v, i32 n)\n{{\n" +
                    $"    return v {one} (n & {bits - 1}) | v {other} (-(u32)n & {bits - 1});\n}}\n");
    }

    private static IEnumerable<(string, string)> BitCasts()
    {
        foreach (var (from, to) in new[] { ("f32", "i32"), ("f32", "u32"), ("i32", "f32"), ("u32", "f32"), ("f64", "i64"), ("f64", "u64"),
            ("i64", "f64"), ("u64", "f64") })
            yield return ($"il_{from}_bits_{to}",
                $"IL_INLINE {to} il_{from}_bits_{to}({from} v)\n{{\n    {to} r;\n    il_memcpy(&r, &v, sizeof r);\n    return r;\n}}\n");
    }

    /// <summary>Float to integer as C# on .NET 9 and later: saturating, NaN to 0. C leaves both undefined.</summary>
    private static IEnumerable<(string, string)> FromFloat()
    {
        foreach (string from in new[] { "f32", "f64" })
        {
            string f = from == "f32" ? "f" : "";
            yield return Saturating(from, "i32", $"-2147483648.0{f}", $"2147483648.0{f}", "(-2147483647 - 1)", "2147483647");
            yield return Saturating(from, "u32", $"0.0{f}", $"4294967296.0{f}", "0u", "0xFFFFFFFFu");
            yield return Saturating(from, "i64", $"-9223372036854775808.0{f}", $"9223372036854775808.0{f}", "(-9223372036854775807LL - 1)",
                "9223372036854775807LL");
            yield return Saturating(from, "u64", $"0.0{f}", $"18446744073709551616.0{f}", "0u", "0xFFFFFFFFFFFFFFFFull");
            foreach (var (native, signed) in new[] { ("iptr", "i"), ("uptr", "u") })
                yield return ($"il_{from}_to_{native}",
                    $"#define il_{from}_to_{native}(v) (sizeof({native}) == 8 ? ({native})il_{from}_to_{signed}64(v) : "
                    + $"({native})il_{from}_to_{signed}32(v))\n");
        }
    }

    private static (string, string) Saturating(string from, string to, string low, string high, string lowest, string highest)
    {
        // Between 0 and -1 the unsigned result is 0 as well: only what is above the lowest is cast.
        string compare = to[0] == 'u' ? ">" : ">=";
        return ($"il_{from}_to_{to}",
            $"IL_INLINE {to} il_{from}_to_{to}({from} v)\n{{\n    if (v {compare} {low} && v < {high}) return ({to})v;\n" +
            $"    return v != v ? 0 : v < 0 ? {lowest} : v == 0 ? 0 : {highest};\n}}\n");
    }

    private static IEnumerable<(string, string)> Math()
    {
        foreach (string name in new[] { "sqrt", "floor", "ceil", "trunc", "rint", "fabs", "fmod" })
            foreach (string f in new[] { "", "f" })
                yield return ($"il_{name}{f}",
                    $"#if IL_GNU\n#define il_{name}{f} __builtin_{name}{f}\n#else\n#include <math.h>\n#define il_{name}{f} {name}{f}\n"
                    + $"#endif\n");
    }
}
