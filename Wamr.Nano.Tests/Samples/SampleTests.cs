// SPDX-License-Identifier: MIT
// The samples do what their sources say, in the memory they promise.
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Samples;

public class SampleTests
{
    private const uint DemoPool = 8 << 10;

    [Fact]
    public void Sensor_filters_calibrates_and_alarms()
    {
        Queue<int> temperature = new([20_000, 30_000, 40_000]);
        MemoryStream output = new();
        using NanoRuntime runtime = Runtime(DemoPool, output, channel => channel == 0 ? temperature.Dequeue() : 1000);
        int alarms = Sensor(runtime).GetFunc<int, int>("run")(3);
        // gain 1.02, offset -0.35, limit 27; the average of what was read so far
        string[] lines = Lines(output);
        Assert.Equal("temperature: 20.05 C", lines[0]);
        Assert.Equal("humidity: 2.08 %", lines[1]);
        Assert.Equal("supply: 1.01 V", lines[2]);
        Assert.Equal("temperature: 25.15 C", lines[3]);
        Assert.Equal("temperature: 30.25 C  ALARM", lines[6]);
        Assert.Equal(1, alarms);
    }

    [Fact]
    public void Sensor_started_as_a_program_takes_eight_readings_of_each_channel_and_ends()
    {
        MemoryStream output = new();
        using NanoRuntime runtime = Runtime(DemoPool, output, _ => 1000);
        Assert.Equal(0, Sensor(runtime).RunProgram());
        Assert.Equal(8 * 3, Lines(output).Length);
    }

    [Fact]
    public void Sensor_runs_in_8_KB_with_less_than_2_KB_of_linear_memory()
    {
        using NanoRuntime runtime = Runtime(DemoPool, new MemoryStream(), _ => -1);
        NanoInstance sensor = Sensor(runtime);
        Assert.InRange(sensor.Memory.Size, 1u, 2047u);
        sensor.GetFunc<int, int>("run")(100);
        Assert.True(runtime.Statistics.All.HighWater <= DemoPool);
    }

    [Fact]
    public void Hello_greets_lists_arguments_and_exits_with_its_code()
    {
        MemoryStream output = new();
        using NanoRuntime runtime = Runtime(1 << 20, output, null);
        NanoInstance hello = runtime.LoadModule(Sample("hello/hello.wasm"))
            .Instantiate(new() { StackBytes = 8192, Arguments = ["hello", "5", "x y"], Environment = ["NAME=Nano"] });
        Assert.Equal(5, hello.RunProgram());
        Assert.Equal(["Hello, Nano!", "argument 1: 5", "argument 2: x y"], Lines(output));
    }

    [Fact]
    public void Logger_sorts_and_sums_up_readings_and_refuses_a_count_it_cannot_keep()
    {
        MemoryStream output = new();
        int[] readings = [30_000, 10_000, 20_000];
        int next = 0;
        using NanoRuntime runtime = Runtime(1 << 20, output, channel => readings[next++ % 3] + (int)channel);
        NanoModule module = runtime.LoadModule(Sample("logger/logger.wasm"));
        Assert.Equal(0, module.Instantiate(new() { StackBytes = 8192, Arguments = ["logger", "3"] }).RunProgram());
        string[] lines = Lines(output);
        Assert.Equal("temperature    10.000   20.000   30.000   20.000   8.1650", lines[1]);
        Assert.Equal("supply         10.002   20.002   30.002   20.002   8.1650", lines[3]);
        Assert.Equal(2, module.Instantiate(new() { StackBytes = 8192, Arguments = ["logger", "1e9"] }).RunProgram());
    }

    private static NanoInstance Sensor(NanoRuntime runtime) =>
        runtime.LoadModule(Sample("sensor/sensor.wasm")).Instantiate(new() { StackBytes = 512 });

    private static NanoRuntime Runtime(uint pool, Stream output, Func<uint, int>? sensor)
    {
        NanoRuntime runtime = new(new NanoRuntimeOptions { PoolBytes = pool, Output = output, ReadSensor = sensor });
        runtime.AddWasi();
        runtime.AddSensorModule();
        return runtime;
    }

    private static byte[] Sample(string name) => File.ReadAllBytes(Repository.PathOf("samples/" + name));

    private static string[] Lines(MemoryStream output) => Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n');
}
