// SPDX-License-Identifier: MIT
// wnano run: runs a WASI program, or one function of a module.
using System;
using System.CommandLine;
using System.IO;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Devices;
using Wamr.Nano.Tool.Emulate;
using Wamr.Nano.Tool.Printing;
using Wamr.Nano.Tool.Usage;

namespace Wamr.Nano.Tool.Commands;

internal static class RunCommand
{
    /// <summary>The default operand stack if the pool is large.</summary>
    private const uint MostStack = 8 << 10;

    internal static Command Create()
    {
        Argument<FileInfo> module = Host.ModuleArgument();
        Argument<string[]> arguments = new("arguments")
        {
            Description = "Arguments of the WASI program, after --.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<uint> pool =
            Bytes.Option("--pool", 1 << 20, "Size of the pool that all memory comes from; 0: memory comes from the system.");
        Option<uint> stack =
            Bytes.Option("--stack", 0, $"Operand stack; by default, an eighth of the pool, but at most {Bytes.Text(MostStack)} B.");
        Option<uint> heap = Bytes.Option("--heap", 0, "App heap in the linear memory; by default, none.");
        Option<string[]> invoke = new("--invoke")
        {
            Description = "Function to call, and its arguments.",
            HelpName = "function arguments",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        Option<ulong?> fuel = new("--fuel")
        {
            Description = "Fuel that limits the run. A loop iteration or a call costs one unit, or more if its code is long.",
            HelpName = "units",
        };
        Option<TimeSpan?> timeout =
            Duration.Option("--timeout", "Time the run may take, such as 50ms or 2s; on an emulated board, 10min by default.");
        Option<string[]> environment = new("--env") { Description = "Environment variable of the WASI program.", HelpName = "NAME=value" };
        Option<FileInfo> sensor = new("--sensor")
        {
            Description = "CSV file whose columns are the sensor channels; by default, a waveform.",
            HelpName = "file",
        };
        Option<int> seed = new("--seed") { Description = "Seed of the sensor waveform.", DefaultValueFactory = _ => 1 };
        environment.NamesAndValues();
        fuel.Between(0, ulong.MaxValue);
        seed.Between(int.MinValue, int.MaxValue);
        Option<bool> profile = new("--profile")
        {
            Description = "Show calls and time of each function, and count instructions. An image must be compiled with --profile, too.",
        };
        Option<string[]> globals = new("--global")
        {
            Description = "Set a global that the module imports.",
            HelpName = "module.name=value",
        };
        Option<bool> allowUnlinked = Host.AllowUnlinkedOption();
        Option<bool> json = Output.JsonOption();
        WnanoCommand command = new(
            "run", "Run a WASI program, or a function of a module.",
            ("wnano run hello.wasm --env NAME=you -- 3", "a program; everything after -- is for the app"),
            ("wnano run sensor.wasm --pool 8K --invoke run 2", "a function with its arguments"),
            ("wnano run sensor.wasm --board stm32f405 --invoke run 2", "on an emulated board"),
            ("wnano run hello --port /dev/ttyACM0", "an app that is installed on a device"))
        {
            module, arguments, pool, stack, heap, invoke, fuel, timeout, environment, sensor, seed, profile, globals, allowUnlinked, json,
        };
        LoadOptions load = new();
        load.AddTo(command);
        RunOnBoard onBoard = new();
        onBoard.AddTo(command);
        DeviceOptions device = new();
        device.AddTo(command, withBoard: false);
        command.SetAction(parsed => Program.Guard(() =>
        {
            if (device.IsGiven(parsed))
            {
                parsed.Refuse("with --port: the device has the app and runs it",
                    [arguments, pool, stack, heap, invoke, fuel, timeout, environment, sensor, seed, profile, globals, allowUnlinked, json,
                        .. onBoard.All]);
                return device.With(parsed, client => RunOnDevice(client, parsed.GetRequiredValue(module).Name), starts: true);
            }
            parsed.Refuse("without --port", device.Baud);
            if (parsed.GetValue(sensor) != null) parsed.Refuse("with --sensor", seed);
            if (onBoard.IsWanted(parsed))
            {
                parsed.Refuse("with --board", fuel, sensor, seed, globals);
                FileInfo app = parsed.GetRequiredValue(module);
                return onBoard.Execute(parsed, app, parsed.GetValue(invoke) ?? [], new()
                {
                    ModuleFile = app.FullName,
                    PoolBytes = Given(pool),
                    StackBytes = Given(stack),
                    HeapBytes = Given(heap),
                    Arguments = [app.Name, .. parsed.GetValue(arguments) ?? []],
                    Environment = parsed.GetValue(environment) ?? [],
                    Load = load.Of(parsed, Host.Read(app)),
                    AllowUnlinked = parsed.GetValue(allowUnlinked),
                }, parsed.GetValue(json), parsed.GetValue(profile), parsed.GetValue(timeout));
            }

            parsed.Refuse("without --board; --profile counts here, too", onBoard.All);

            // A board has sizes of its own where the command line names none.
            uint Given(Option<uint> option) => parsed.IsGiven(option) ? parsed.GetValue(option) : 0;

            byte[] bytes = Host.Read(parsed.GetRequiredValue(module));
            LoadSettings settings = load.Of(parsed, bytes);
            using AppRun run = new(
                bytes,
                new NanoRuntimeOptions
                {
                    PoolBytes = parsed.GetValue(pool),
                    WholePages = settings.WholePages,
                    CStackChecks = !settings.NoCStackCheck,
                    Profiled = parsed.GetValue(profile),
                    Output = parsed.GetValue(json) ? new MemoryStream() : null,
                    ReadSensor = parsed.GetValue(sensor) is FileInfo file ? Sensors.Csv(file.FullName)
                        : Sensors.Waveform(parsed.GetValue(seed)),
                },
                parsed.GetValue(globals));
            return run.CallAndPrint(
                new NanoInstanceOptions
                {
                    StackBytes = parsed.IsGiven(stack) ? parsed.GetValue(stack) : StackFor(parsed.GetValue(pool)),
                    HeapBytes = parsed.GetValue(heap),
                    StartFuel = parsed.GetValue(fuel),
                    Timeout = parsed.GetValue(timeout),
                    AllowUnlinked = parsed.GetValue(allowUnlinked),
                    Arguments = [parsed.GetRequiredValue(module).Name, .. parsed.GetValue(arguments) ?? []],
                    Environment = parsed.GetValue(environment) ?? [],
                },
                parsed.GetValue(invoke) ?? []);
        }));
        return command;
    }

    /// <summary>An operand stack that leaves the pool to the app.</summary>
    /// <param name="pool">Bytes; 0 for memory of the system.</param>
    private static uint StackFor(uint pool) => pool == 0 ? MostStack : Math.Clamp(pool / 8 & ~3u, Config.MinStackBytes, MostStack);

    /// <summary>Starts an app that is installed on a device.</summary>
    private static int RunOnDevice(DeviceClient client, string app)
    {
        Console.WriteLine($"{app} runs from slot {client.Run(app)}");
        return 0;
    }
}
