// SPDX-License-Identifier: MIT
// How much operand stack a run uses, here and on a board: the run is stopped at each call, and the frames that are open are counted.
using System.Collections.Generic;

namespace Wamr.Nano.Tool.Fit;

/// <param name="HostBytes">Operand stack the run needs on this machine.</param>
/// <param name="BoardBytes">The same where pointers have 4 bytes: each open frame keeps a return address.</param>
/// <param name="Frames">Frames that are open where it is deepest.</param>
/// <param name="Functions">Their functions, outermost first.</param>
/// <param name="Whole">False if the run was too long to be watched to its end.</param>
internal sealed record StackUse(uint HostBytes, uint BoardBytes, int Frames, IReadOnlyList<uint> Functions, bool Whole);

internal sealed unsafe class StackMeter
{
    /// <summary>Loop iterations and calls that are watched: some seconds.</summary>
    internal const uint MostSteps = 20_000_000;

    private readonly HostRun _run;
    private readonly Module* _module;
    private readonly List<(nuint Frame, uint Function)> _frames = [];
    private uint _steps, _board, _host;
    private uint[] _deepest = [];

    private StackMeter(HostRun run)
    {
        _run = run;
        _module = run.Module.Pointer;
    }

    /// <summary>Runs and measures.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="stackBytes">Operand stack it gets: enough.</param>
    internal static StackUse Measure(RunRequest request, uint stackBytes)
    {
        using HostRun run = new(request, 0, stackBytes);
        StackMeter meter = new(run);
        meter.First(request.Function);
        run.Step(meter.Look);
        uint least = Config.MinStackBytes;
        return new(System.Math.Max(least, meter._host), System.Math.Max(least, meter._board), meter._deepest.Length, meter._deepest,
            meter._steps < MostSteps);
    }

    /// <summary>The outermost frame, which nothing stops at.</summary>
    private void First(string export)
    {
        _run.Instance.TryFind(System.Text.Encoding.UTF8.GetBytes(export), out _, out uint function);
        if (_module->Functions[function].Code != Function.NoCode) Open((nuint)_run.Env.Pointer->StackTop, function);
    }

    private bool Look()
    {
        ExecEnv* env = _run.Env.Pointer;
        if (Entered(env->Pc) is uint function)
        {
            nuint frame = (nuint)env->Fp;
            // A frame begins above all that are still open; one that begins no higher has been left since, or is reused by a tail call.
            while (_frames.Count != 0 && _frames[^1].Frame >= frame) _frames.RemoveAt(_frames.Count - 1);
            Open(frame, function);
        }
        return ++_steps < MostSteps;
    }

    private void Open(nuint frame, uint function)
    {
        _frames.Add((frame, function));
        uint bytes = (uint)(frame - (nuint)_run.Env.Pointer->StackBase) + RegCode.Of(_module, function)[RegCode.FrameSlots] * 4u;
        uint there = bytes - (uint)_frames.Count * (Layout.Host.PointerBytes - Layout.Board.PointerBytes);
        if (bytes > _host) _host = bytes;
        if (there <= _board) return;
        _board = there;
        _deepest = [.. _frames.ConvertAll(open => open.Function)];
    }

    /// <summary>The function whose first instruction is next; null inside a function.</summary>
    private uint? Entered(byte* pc)
    {
        uint at = (uint)(pc - (byte*)_module->Code) / 2, low = _module->ImportedFunctions, high = _module->FunctionCount;
        while (high - low > 1)
        {
            uint middle = (low + high) / 2;
            if (_module->Functions[middle].Code <= at) low = middle;
            else high = middle;
        }
        ushort* code = RegCode.Of(_module, low);
        return at == _module->Functions[low].Code + RegCode.HeaderUnits + code[RegCode.ConstSlots] * 2u ? low : null;
    }
}
