// SPDX-License-Identifier: MIT
// Start section (spec chapters 5.5.11, 3.5.10): a function of type [] -> [].
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class StartSection
{
    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        byte* at = r->Pos;
        uint function = Read.U32(r);
        Module* module = l->Module;
        if (function >= module->FunctionCount)
        {
            Read.FailValue(r, WasmError.UnknownFunction, at, function);
            return;
        }
        FuncType* type = &module->Types[module->Functions[function].TypeIndex];
        if (type->ParamCount + type->ResultCount != 0) Read.FailValue(r, WasmError.BadStartFunction, at, function);
        module->Info->StartFunction = function;
    }
}
