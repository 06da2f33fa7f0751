// SPDX-License-Identifier: MIT
// Execution environments: their stacks, limits and exceptions.
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class ExecEnvsTests
{
    private static Instance* Make(World world, InstantiateArgs args = default) => world.Instantiate(new ModuleBuilder(), args: args);

    [Theory]
    [InlineData(0u, 0u, Config.DefaultStackBytes)]
    [InlineData(0u, 2000u, 2000u)]
    [InlineData(512u, 2000u, 512u)]
    [InlineData(Config.MinStackBytes, 0u, Config.MinStackBytes)]
    public void Stack_has_the_size_asked_for_here_or_at_instantiation(uint here, uint atInstantiation, uint expected)
    {
        using World world = new();
        ExecEnv* env = World.Env(Make(world, new InstantiateArgs { StackBytes = atInstantiation }), here);
        Assert.Equal((long)expected, (env->StackEnd - env->StackBase) * 4);
        Assert.True(env->StackTop == env->StackBase);
        uint block = ((uint)sizeof(ExecEnv) + 7 & ~7u) + expected;
        Assert.Equal((block + 4 + 7) & ~7u, world.Pool.Statistics.ExecEnv.Used);
    }

    [Fact]
    public void Stack_below_the_least_is_refused_with_the_numbers()
    {
        using World world = new();
        ExecEnv* env;
        Assert.Equal(WasmError.BadArgument, ExecEnvs.Create(Make(world), Config.MinStackBytes - 1, &env));
        Assert.True(env == null);
        Assert.Equal(Config.MinStackBytes, world.Rt->Error.Free);
    }

    [Theory]
    [InlineData(1u << 20)]
    [InlineData(0xFFFFFFFFu)]
    public void Stack_beyond_the_pool_is_out_of_memory(uint bytes)
    {
        using World world = new();
        ExecEnv* env;
        Assert.Equal(WasmError.OutOfMemory, ExecEnvs.Create(Make(world), bytes, &env));
        Assert.Equal(0u, world.Pool.Statistics.ExecEnv.Used);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Caller_s_buffer_holds_all_of_an_environment(int misaligned)
    {
        using World world = new();
        Instance* instance = Make(world);
        const int Size = 1024;
        ulong* block = stackalloc ulong[(Size + 8) / 8];
        byte* buffer = (byte*)block + misaligned;
        ExecEnv* env;
        Assert.Equal(WasmError.None, ExecEnvs.CreateIn(instance, buffer, Size, &env));
        Assert.True((byte*)env >= buffer && (byte*)env->StackEnd <= buffer + Size && (byte*)env->StackEnd > buffer + Size - 8);
        Assert.True(((nuint)env & 7) == 0 && ((nuint)env->StackBase & 3) == 0);
        Assert.Equal(0u, world.Pool.Statistics.ExecEnv.Used);
        Assert.Equal(WasmError.None, ExecEnvs.Free(env));
        Assert.Equal(WasmError.None, Instances.Free(instance));
    }

    [Fact]
    public void Buffer_that_is_too_small_is_refused_and_the_documented_one_is_not()
    {
        using World world = new();
        Instance* instance = Make(world);
        byte* buffer = stackalloc byte[1024];
        ExecEnv* env;
        Assert.Equal(WasmError.BadArgument, ExecEnvs.CreateIn(instance, buffer + 1, 40, &env));
        Assert.Equal(WasmError.None, ExecEnvs.CreateIn(instance, buffer + 1, ExecEnvs.Overhead + Config.MinStackBytes, &env));
    }

    [Fact]
    public void Native_stack_boundary_comes_from_the_platform()
    {
        using World world = new(platform: new PlatformHooks { StackBoundary = &Boundary });
        Assert.Equal((nuint)0x1234, World.Env(Make(world))->NativeStackBoundary);
    }

    [Fact]
    public void Exceptions_are_set_read_and_cleared()
    {
        using World world = new();
        ExecEnv* env = World.Env(Make(world));
        Assert.Equal(WasmError.None, ExecEnvs.Exception(env));
        ExecEnvs.SetException(env, WasmError.HostException);
        Assert.Equal(WasmError.HostException, ExecEnvs.Exception(env));
        ExecEnvs.ClearException(env);
        Assert.Equal(WasmError.None, ExecEnvs.Exception(env));
    }

    [Fact]
    public void Several_environments_of_an_instance_end_in_any_order()
    {
        using World world = new();
        Instance* instance = Make(world);
        ExecEnv* a = World.Env(instance), b = World.Env(instance), c = World.Env(instance);
        b->UserData = (void*)5;
        Assert.True(a->UserData == null);
        Assert.Equal(WasmError.None, ExecEnvs.Free(b));
        Assert.Equal(WasmError.None, ExecEnvs.Free(a));
        Assert.Equal(WasmError.InstanceInUse, Instances.Free(instance));
        Assert.Equal(WasmError.None, ExecEnvs.Free(c));
        Assert.Equal(WasmError.None, Instances.Free(instance));
    }

    private static nuint Boundary(void* context) => 0x1234;
}
