// SPDX-License-Identifier: MIT
// The C file and its header, put together from what the translation found.
using System.Globalization;
using System.Linq;
using System.Text;

namespace Wamr.Nano.IlToC;

internal sealed class CFile(AssemblyModel model, Translation translation, bool withLines)
{
    private readonly CTypes types = new(model);

    private const string Prelude = """
        #if defined(__GNUC__) && !defined(IL_PORTABLE) /* IL_PORTABLE: C11 and nothing else */
        #define IL_GNU 1
        #else
        #define IL_GNU 0
        #endif

        #ifndef IL_THREADED /* dispatch loops: 1 computed goto (GNU C), 0 switch */
        #define IL_THREADED IL_GNU
        #endif

        /* Attributes of dispatch loops, for gcc: at -Os it would join all the computed gotos into one; on Arm its expression
           replacement moves every 64-bit bit cast through the stack (with it off: 168 bytes of stack and 5 % of the code less). */
        #ifndef IL_LOOP
        #if !IL_GNU || defined(__clang__) || !defined(__OPTIMIZE__)
        #define IL_LOOP
        #elif defined(__OPTIMIZE_SIZE__)
        #define IL_LOOP __attribute__((optimize("O2", "expensive-optimizations", "no-tree-ter")))
        #elif defined(__arm__)
        #define IL_LOOP __attribute__((optimize("no-tree-ter")))
        #else
        #define IL_LOOP
        #endif
        #endif

        #if IL_GNU
        #define IL_ALIAS __attribute__((may_alias))
        #define IL_INLINE static inline __attribute__((always_inline))
        #ifdef __OPTIMIZE_SIZE__ /* inlining for speed, outside of dispatch loops: at -Os the compiler decides */
        #define IL_SPEEDUP static inline
        #else
        #define IL_SPEEDUP IL_INLINE
        #endif
        #define IL_NOINLINE __attribute__((noinline))
        #define IL_UNREACHABLE __builtin_unreachable()
        typedef __INT8_TYPE__ IL_ALIAS i8;
        typedef __UINT8_TYPE__ IL_ALIAS u8;
        typedef __INT16_TYPE__ IL_ALIAS i16;
        typedef __UINT16_TYPE__ IL_ALIAS u16;
        typedef __INT32_TYPE__ IL_ALIAS i32;
        typedef __UINT32_TYPE__ IL_ALIAS u32;
        typedef __INT64_TYPE__ IL_ALIAS i64;
        typedef __UINT64_TYPE__ IL_ALIAS u64;
        typedef __INTPTR_TYPE__ IL_ALIAS iptr;
        typedef __UINTPTR_TYPE__ IL_ALIAS uptr;
        #else
        #include <stdint.h>
        #define IL_ALIAS
        #define IL_INLINE static inline
        #define IL_SPEEDUP static inline
        #define IL_NOINLINE
        #define IL_UNREACHABLE (void)0
        typedef int8_t i8;
        typedef uint8_t u8;
        typedef int16_t i16;
        typedef uint16_t u16;
        typedef int32_t i32;
        typedef uint32_t u32;
        typedef int64_t i64;
        typedef uint64_t u64;
        typedef intptr_t iptr;
        typedef uintptr_t uptr;
        #endif
        typedef float IL_ALIAS f32;
        typedef double IL_ALIAS f64;
        #define IL_ALIGN8 _Alignas(8)
        #if defined(__clang__)
        #pragma STDC FP_CONTRACT OFF
        #endif

        _Static_assert(sizeof(f32) == 4 && sizeof(f64) == 8, "C# floats are IEEE 754 single and double");
        _Static_assert((-1 >> 1) == -1 && (i32)0xFFFFFFFFu == -1, "C# shifts arithmetically and converts modulo 2^n");
        #if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
        #error "constant data and WebAssembly memory are little-endian"
        #endif

        """;

    internal string Source()
    {
        var functions = translation.Functions;
        foreach (var method in functions.Select(f => f.Method).Concat(translation.Imports)) UseSignature(method);
        foreach (var function in functions) UseBody(function);
        var bodies = new StringBuilder();
        foreach (var function in functions) bodies.Append(Body(function));
        var data = new StringBuilder();
        foreach (var constant in translation.Data) data.Append(Data(constant));
        var heads = new StringBuilder();
        foreach (var method in translation.Imports.Concat(functions.Select(f => f.Method)))
            heads.Append(FunctionPrinter.Head(types, method)).Append(";\n");
        string code = bodies.ToString();
        return $"/* Made by iltoc from {model.FileName}: do not edit. Compile with -ffp-contract=off -fno-strict-aliasing. */\n"
            + Prelude + "\n" + Helpers.For(code) + "\n" + types.Definitions() + "\n" + data + heads + code;
    }

    private string Body(Function function)
    {
        try
        {
            return new FunctionPrinter(types, function, withLines).Print();
        }
        catch (RefusedException e)
        {
            throw new TranslationException([new Refusal(e.Rule, e.Message, function.Method.FullName,
                function.Statements.Select(s => s.Source).FirstOrDefault(SourcePoint.Unknown))]);
        }
    }

    private void UseSignature(Method method)
    {
        foreach (var type in method.Parameters.Append(method.Result)) types.Use(type);
    }

    private void UseBody(Function function)
    {
        foreach (var local in function.Locals) types.Use(local.Type);
        foreach (var e in function.Exprs)
        {
            types.Use(e.Type);
            if (e is SizeOfExpr size) types.Use(size.Of);
            if (e is FieldExpr field) types.Use(field.Field.Owner);
        }
    }

    private static string Data(ConstantData constant)
    {
        var text = new StringBuilder($"static const IL_ALIGN8 u8 {constant.CName}[{constant.Bytes.Length}] = {{\n");
        foreach (var row in constant.Bytes.Chunk(24))
            text.Append("    ").AppendJoin(", ", row.Select(b => b.ToString(CultureInfo.InvariantCulture))).Append(",\n");
        return text.Append("};\n\n").ToString();
    }

    // ---- the header

    internal string Header(string guard)
    {
        var text = new StringBuilder();
        text.Append(
            $"/* Made by iltoc from {model.FileName}: do not edit. */\n#ifndef {guard}\n#define {guard}\n\n#include <stdint.h>\n\n");
        text.Append("#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n");
        var exports = translation.Functions.Select(f => f.Method).Where(m => m.IsPublic).ToList();
        var spell = new HeaderTypes(model, types);
        foreach (var method in exports)
            foreach (var type in method.Parameters.Append(method.Result)) spell.Use(type);
        text.Append(spell.Declarations());
        foreach (var method in exports)
        {
            string parameters =
                string.Join(", ", method.Parameters.Select((t, i) => spell.Declare(t, CNames.Identifier(method.ParameterNames[i]))));
            text.Append(spell.Declare(method.Result, $"{method.CName}({(parameters.Length == 0 ? "void" : parameters)})")).Append(";\n");
        }
        return text.Append("\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n").ToString();
    }
}
