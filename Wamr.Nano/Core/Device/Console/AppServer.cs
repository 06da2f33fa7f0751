// SPDX-License-Identifier: MIT
// Runs apps from slots: first the boot choice, then those that the console requests. The console is polled wherever a run is checked. So it
// answers whatever the app does: calculate, sleep or print, in its start function or in native code.
using Wamr.Nano.Core.Device.Flash;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Device.Console;

/// <summary>The app that runs or ran last, and the next one.</summary>
internal unsafe struct AppState
{
    /// <summary>Set from when it is loaded until it has ended.</summary>
    internal bool Runs;
    internal int Slot;
    internal bool HasRun;

    /// <summary>Whether it has not yet proved good, and when it was started.</summary>
    internal bool OnTrial;
    internal ulong StartedAt;

    /// <summary>The sequence of its entry.</summary>
    internal uint Sequence;

    /// <summary>Whether it has ended and <see cref="AppServer.Ended"/> was called.</summary>
    internal bool HasEnded;

    /// <summary>How the last app ended, and its exit code.</summary>
    internal WasmError Ended;
    internal uint ExitCode;

    /// <summary>Set by <see cref="AppServer.Ask"/>: the running app must end, and <see cref="Next"/> starts.</summary>
    internal bool Asked;
    internal int Next;
}

/// <summary>What the firmware provides. Fields that are not needed are zero.</summary>
internal unsafe struct AppServer
{
    private const uint MaxSlots = 16;

    /// <summary>
    /// How long a device waits before it starts an app, in nanoseconds: for the first request, after each request, and altogether. Without
    /// a clock, it does not wait.
    /// </summary>
    private const ulong BootWait = 50_000_000, WordWait = 300_000_000, MostWait = 1_000_000_000;

    /// <summary>After this time, in nanoseconds, a running app has proved good.</summary>
    private const ulong TrialTime = 10_000_000_000;

    internal Runtime* Runtime;

    /// <summary>The console, with its flash: an app region in the address space.</summary>
    internal ConsoleServer* Console;

    /// <summary>How apps are instantiated.</summary>
    internal InstantiateArgs* Args;

    /// <summary>The boot memory; null if the device has none.</summary>
    internal BootMemory* Boots;

    /// <summary>Makes a module from an image: <c>ModuleLoader.Load</c>, or a function of the board that accepts more kinds.</summary>
    internal delegate*<Runtime*, byte*, uint, Module**, WasmError> Load;

    /// <summary>Called for each app that starts, and for each that has ended; the environment is null if none was made.</summary>
    internal delegate*<AppServer*, int, void> Started;
    internal delegate*<AppServer*, ExecEnv*, WasmError, void> Ended;

    /// <summary>Called at each check of a run, to feed a hardware watchdog, which resets the device if checks stop. Optional.</summary>
    internal delegate*<AppServer*, void> Feed;

    /// <summary>Called while there is nothing to do. It may sleep until bytes arrive. Optional.</summary>
    internal delegate*<AppServer*, void> Idle;

    /// <summary>Runs the server until the line is closed.</summary>
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
    /// Waits before an app is started at boot, so that a client can send a request, such as Stop. So even a device whose app fails at once
    /// can be recovered. False if there was a Stop or Run, or if the line is closed.
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

    /// <summary>Ends the running app, and starts another; none if the slot is <see cref="AppSlots.None"/>.</summary>
    internal static void Ask(AppState* app, int slot)
    {
        app->Asked = true;
        app->Next = slot;
    }

    /// <summary>Handles bytes that have arrived, and feeds the watchdog. False if the line is closed.</summary>
    private static bool Poll(AppServer* server)
    {
        if (server->Feed != null) server->Feed(server);
        return ConsoleServer.Poll(server->Console);
    }

    /// <summary>Checks a run, and ends it if the console requests that, or if the line is closed.</summary>
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

    /// <summary>Called if the app ended in its start function, because its call stack exists only as long as its environment.</summary>
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
        // An app that was stopped has run without harm.
        if (error is WasmError.None or WasmError.ProcExit or WasmError.Terminated) Confirm(server);
        server->Console->App.OnTrial = false;
        server->Console->App.Ended = error;
        if (error == WasmError.ProcExit) server->Console->App.ExitCode = server->Runtime->ExitCode;
        server->Ended(server, env, error);
    }
}
