// SPDX-License-Identifier: MIT
// Runs apps from slots: the boot choice first, then what the console asks for. The console is polled wherever a run is looked at, so it
// answers whatever the app does: calculate, sleep, print, in its start function, in native code.
using Wamr.Nano.Core.Device.Flash;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Device.Console;

/// <summary>The app that runs or ran last, and the next one.</summary>
internal unsafe struct AppState
{
    /// <summary>From when it is loaded until it has ended.</summary>
    internal bool Runs;
    internal int Slot;
    internal bool HasRun;

    /// <summary>It has not proved good yet; and when it was started.</summary>
    internal bool OnTrial;
    internal ulong StartedAt;

    /// <summary>Sequence of its entry.</summary>
    internal uint Sequence;

    /// <summary>It has ended, and <see cref="AppServer.Ended"/> was told.</summary>
    internal bool HasEnded;

    /// <summary>How the last app ended, and the exit code it gave.</summary>
    internal WasmError Ended;
    internal uint ExitCode;

    /// <summary>Set by <see cref="AppServer.Ask"/>: the running app is to end, and <see cref="Next"/> is to start.</summary>
    internal bool Asked;
    internal int Next;
}

/// <summary>What a firmware hands in; zero what is not needed.</summary>
internal unsafe struct AppServer
{
    private const uint MaxSlots = 16;

    /// <summary>
    /// Nanoseconds a device waits for a first word before it starts an app, and after each for the next, and in all. Without a clock it
    /// does not.
    /// </summary>
    private const ulong BootWait = 50_000_000, WordWait = 300_000_000, MostWait = 1_000_000_000;

    /// <summary>Nanoseconds after which an app that runs has proved good.</summary>
    private const ulong TrialTime = 10_000_000_000;

    internal Runtime* Runtime;

    /// <summary>With its flash: an app region in the address space.</summary>
    internal ConsoleServer* Console;

    /// <summary>How apps are instantiated.</summary>
    internal InstantiateArgs* Args;

    /// <summary>What the device remembers of its boots; null: it forgets them.</summary>
    internal BootMemory* Boots;

    /// <summary>Makes a module of an image: <c>ModuleLoader.Load</c>, or the board's function that knows more.</summary>
    internal delegate*<Runtime*, byte*, uint, Module**, WasmError> Load;

    /// <summary>Is told of each app that starts, and of each that ended; the environment is null where it got none.</summary>
    internal delegate*<AppServer*, int, void> Started;
    internal delegate*<AppServer*, ExecEnv*, WasmError, void> Ended;

    /// <summary>
    /// Is called as often as a run is looked at: for a hardware watchdog that resets a device whose app is not. Optional.
    /// </summary>
    internal delegate*<AppServer*, void> Feed;

    /// <summary>Is called while there is nothing to do, and may sleep until the line has something. Optional.</summary>
    internal delegate*<AppServer*, void> Idle;

    /// <summary>Serves until the line is closed.</summary>
    internal static void Serve(AppServer* server)
    {
        AppSlotEntry entry;
        AppState* app = &server->Console->App;
        int boot = BootMemory.Choose(server->Boots, server->Console->Flash, &entry);
        if (boot != AppSlots.None && WaitForWord(server)) Ask(app, boot);
        else BootMemory.Confirm(server->Boots);
        server->Runtime->WatchContext = server;
        server->Runtime->Watch = &Watch;
        while (Poll(server))
        {
            int next = app->Asked ? app->Next : AppSlots.None;
            app->Asked = false;
            if (next != AppSlots.None) RunSlot(server, (uint)next);
            else if (server->Idle != null) server->Idle(server);
        }
    }

    /// <summary>
    /// Before an app is started at boot: whoever is at the line may say what to do instead, such as to stop. So a device whose app takes it
    /// over at once is not lost. False: it was said, or the line is closed.
    /// </summary>
    private static bool WaitForWord(AppServer* server)
    {
        ConsoleServer* console = server->Console;
        ulong start = Fuel.Now(server->Runtime), waited = 0;
        uint heard = 0;
        for (ulong until = BootWait; waited < until && waited < MostWait; waited = Fuel.Now(server->Runtime) - start)
        {
            if (!Poll(server) || console->App.Asked) return false;
            if (console->Requests != heard) until = waited + WordWait;
            heard = console->Requests;
        }
        return true;
    }

    /// <summary>Ends the app that runs, and has another started; none where the slot is <see cref="AppSlots.None"/>.</summary>
    internal static void Ask(AppState* app, int slot)
    {
        app->Asked = true;
        app->Next = slot;
    }

    /// <summary>Deals with what has arrived, and feeds the watchdog. False when the line is closed.</summary>
    private static bool Poll(AppServer* server)
    {
        if (server->Feed != null) server->Feed(server);
        return ConsoleServer.Poll(server->Console);
    }

    /// <summary>A look at a run: it ends when the console asks for that, or is gone.</summary>
    private static void Watch(ExecEnv* env)
    {
        AppServer* server = (AppServer*)env->Instance->Runtime->WatchContext;
        if (!Poll(server) || server->Console->App.Asked) env->Terminate = ExecEnv.End;
        AppState* app = &server->Console->App;
        if (app->OnTrial && Fuel.Now(server->Runtime) - app->StartedAt >= TrialTime) Confirm(server);
    }

    private static void Confirm(AppServer* server)
    {
        AppState* app = &server->Console->App;
        BootMemory.Confirm(server->Boots);
        if (app->OnTrial) BootMemory.Prove(server->Boots, app->Sequence);
        app->OnTrial = false;
    }

    private static void RunSlot(AppServer* server, uint slot)
    {
        FlashDevice* flash = server->Console->Flash;
        AppState* app = &server->Console->App;
        app->Slot = (int)slot;
        app->HasRun = true;
        app->Runs = true;
        app->OnTrial = true;
        app->StartedAt = Fuel.Now(server->Runtime);
        app->ExitCode = 0;
        flash->Busy |= 1u << (int)slot;
        server->Started(server, (int)slot);
        AppSlotEntry entry;
        Module* module = null;
        WasmError error = AppSlots.Inspect(flash, slot, &entry) == AppSlotState.Ready ? WasmError.None : WasmError.NoSuchApp;
        app->Sequence = error == WasmError.None ? entry.Sequence : 0;
        if (error == WasmError.None) error = server->Load(server->Runtime, AppSlots.Image(flash, slot), entry.ImageBytes, &module);
        if (error == WasmError.None) Instantiate(server, module);
        else End(server, null, error);
        flash->Busy &= ~(1u << (int)slot);
    }

    private static void Instantiate(AppServer* server, Module* module)
    {
        Instance* instance;
        ExecEnv* env;
        InstantiateArgs args = *server->Args;
        args.StartTrapped = &StartTrapped;
        args.StartContext = server;
        server->Console->App.HasEnded = false;
        WasmError error = Instances.Create(module, &args, &instance);
        if (error == WasmError.None)
        {
            error = ExecEnvs.Create(instance, 0, &env);
            if (error == WasmError.None)
            {
                End(server, env, Execute(env));
                ExecEnvs.Free(env);
            }
            else End(server, null, error);
            Instances.Free(instance);
        }
        else if (!server->Console->App.HasEnded) End(server, null, error);
        Modules.Unload(module);
    }

    /// <summary>The app ended in its start function: its call stack is there as long as its environment.</summary>
    private static void StartTrapped(ExecEnv* env, void* server) => End((AppServer*)server, env, env->Trap);

    /// <summary>Calls <c>_start</c>.</summary>
    private static WasmError Execute(ExecEnv* env)
    {
        const uint nameLength = 6;
        uint* slots = stackalloc uint[(int)MaxSlots];
        fixed (byte* name = "_start"u8) return Calls.ByName(env, name, nameLength, slots, MaxSlots);
    }

    private static void End(AppServer* server, ExecEnv* env, WasmError error)
    {
        server->Console->App.HasEnded = true;
        server->Console->App.Runs = false;
        // One that was stopped has run, and harmed nobody.
        if (error is WasmError.None or WasmError.ProcExit or WasmError.Terminated) Confirm(server);
        server->Console->App.OnTrial = false;
        server->Console->App.Ended = error;
        if (error == WasmError.ProcExit) server->Console->App.ExitCode = server->Runtime->ExitCode;
        server->Ended(server, env, error);
    }
}
