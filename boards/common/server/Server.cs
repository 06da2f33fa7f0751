// SPDX-License-Identifier: MIT
// The firmware that runs apps from slots and answers the console (docs/SLOTS.md, docs/CONSOLE.md). A board adds ServerPort.cs: its line and
// its flash.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class Server
{
    /// <summary>Called by the startup code with memory, stack and FPU ready. It ends when the line is closed.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wn_main")]
    private static uint Main()
    {
        Board.Init();
        RunPlan* plan = RunPlan.Get();
        FlashPlan* flashPlan = FlashPlan.Get();
        BoardState state = default;
        Runtime* rt = Boot.Start(plan->Regions, plan->RegionCount, &state);
        if (rt == null) return Report.Failed(WasmError.PoolTooSmall, null);
        rt->Platform.Write = &WriteText;
        FlashDevice flash = default;
        flash.Runs = flashPlan->Runs;
        flash.RunCount = flashPlan->RunCount;
        flash.Slots = flashPlan->Slots;
        flash.SlotCount = flashPlan->SlotCount;
        flash.WriteUnit = flashPlan->WriteUnit;
        WasmError error = FlashGeometry.Check(&flash);
        if (error == WasmError.None) error = ServerPort.Open(&flash, flashPlan);
        if (error != WasmError.None) return Report.Failed(error, null);
        ConsoleServer console = default;
        console.Read = &ServerPort.Read;
        console.Write = &ServerPort.Write;
        console.Flash = &flash;
        console.Pool = &rt->Allocator;
        console.Board = flashPlan->Board;
        console.BoardLength = flashPlan->BoardLength;
        Serve(rt, plan, &console);
        return 0;
    }

    private static void Serve(Runtime* rt, RunPlan* plan, ConsoleServer* console)
    {
        InstantiateArgs args = default;
        args.StackBytes = plan->StackBytes;
        args.HeapBytes = plan->HeapBytes;
        args.Wasi = &plan->Wasi;
        AppServer server = default;
        server.Runtime = rt;
        server.Console = console;
        server.Args = &args;
        server.Boots = ServerPort.Boots();
        server.Load = &Boot.Load;
        server.Started = &Started;
        server.Ended = &Ended;
        server.Idle = &Idle;
        AppServer.Serve(&server);
    }

    private static void Started(AppServer* server, int slot)
    {
        Console.Text("\x1Ewn:start"u8);
        Console.Field("slot"u8, (uint)slot);
        Console.NewLine();
    }

    private static void Ended(AppServer* server, ExecEnv* env, WasmError error)
    {
        bool failed = error != WasmError.None && error != WasmError.ProcExit;
        if (failed && env == null) Report.Failed(error, &server->Runtime->Error);
        else if (failed && error == env->Trap) Report.Trapped(env);
        Console.Text("\x1Ewn:end "u8);
        Console.Decimal((uint)error);
        if (error == WasmError.ProcExit) Console.Field("code"u8, server->Runtime->ExitCode);
        Console.NewLine();
    }

    /// <summary>The clock must be read now and then, so that it notices when its counter wraps around.</summary>
    private static void Idle(AppServer* server)
    {
        PlatformHooks* platform = &server->Runtime->Platform;
        platform->Clock(platform->Context, 0);
        ServerPort.Wait();
    }

    /// <summary>Prints an app's text. An app must not forge frames.</summary>
    private static uint WriteText(void* context, uint stream, byte* text, uint size)
    {
        ConsoleServer.Text(&ServerPort.Write, context, text, size);
        return size;
    }
}
