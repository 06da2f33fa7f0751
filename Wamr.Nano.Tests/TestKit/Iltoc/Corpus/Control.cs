// SPDX-License-Identifier: MIT
// Control flow and order of evaluation: loops, switches, conditions left on the stack, increments, calls with effects.

namespace Wamr.Nano.Tests.TestKit.Iltoc.Corpus;

public static unsafe class Control
{
    public static uint Collatz(uint n)
    {
        uint steps = 0;
        for (n &= 0xFFF; n > 1 && steps < 500; steps++) n = (n & 1) == 0 ? n / 2 : n * 3 + 1;
        return steps;
    }

    public static int NestedLoops(int n)
    {
        int sum = 0;
        for (int i = 0; i < (n & 15); i++)
        {
            if (i == 11) break;
            for (int j = i; j < 20; j++)
            {
                if ((i ^ j) % 3 == 0) continue;
                sum += i * j;
            }
        }
        for (long i = 0; i < 3; i++) sum ^= (int)i;
        return sum;
    }

    public static int DoWhile(int n)
    {
        int digits = 0;
        uint rest = (uint)n;
        do digits++;
        while ((rest /= 10) != 0);
        return digits;
    }

    public static int DenseSwitch(int n)
    {
        switch (n & 7)
        {
            case 0: return 10;
            case 1:
            case 2: return n + 1;
            case 4: n = -n; goto case 5;
            case 5: return n * 2;
            case 7: return n switch { 7 => 1, 15 => 2, _ => 3 };
            default: return 0;
        }
    }

    public static int SparseSwitch(int n) => n switch { -5 => 1, 0 => 2, 1000 => 3, 1001 => 4, int.MaxValue => 5, _ => 6 };

    public static ulong LongSwitch(ulong n)
    {
        switch (n & 0xFF00000003)
        {
            case 0: return 1;
            case 1: return n;
            case 0xFF00000001: return 3;
            default: return ~n;
        }
    }

    public static int ShortCircuit(int a, int b, int c) =>
        (a > b && b > c || a < c && c != 0 ? 1 : 0) + (a == b || b == c ? 2 : 0) + (a > 0 ? b > 0 ? 4 : 8 : 16);

    public static bool BooleanValues(int a, int b)
    {
        bool less = a < b, same = a == b;
        bool both = less & !same, any = less | same, odd = less ^ (a & 1) != 0;
        return both ? any && odd : any != odd;
    }

    public static int Increments(int a)
    {
        int i = a, j = i++ + ++i;
        int k = i-- - --j;
        i += j *= k;
        return i ^ j << 3 ^ k;
    }

    private static int Bump(int* counter) => *counter = *counter * 7 + 1;

    public static int OrderOfCalls(int seed)
    {
        int c = seed;
        int first = Bump(&c) - Bump(&c) * 3 + c;
        int second = c + Bump(&c) - (c ^ Bump(&c));
        return first * 31 + second + Three(c, Bump(&c), c) + (Bump(&c) > 0 ? c : Bump(&c));
    }

    private static int Three(int a, int b, int c) => a - b * 2 + c * 5;

    public static int OrderOfStores(int seed)
    {
        int* cells = stackalloc int[4];
        int* p = cells;
        *p++ = seed;
        *p++ = cells[0] + 1;
        *p = *(p - 1) + (p[-2] = 9);
        int i = 0;
        cells[i++] += i;
        cells[i] = cells[i++] + i;
        return cells[0] + cells[1] * 3 + cells[2] * 5 + i;
    }

    public static int Ternaries(int a, int b)
    {
        int c = a > 0 ? b : -b, d = Three(a, b > 0 ? a : b, b == a ? 1 : c);
        return (a > b ? c + d : c - d) + (c > d ? Three(d, c, a) : Three(a, c, d));
    }

    public static int Goto(int n)
    {
        int sum = 0;
        n &= 31;
    again:
        if (n == 0) return sum;
        sum += n--;
        if (sum > 300) goto done;
        goto again;
    done:
        return -sum;
    }

    public static int ByReference(int a, int b)
    {
        Swap(ref a, ref b);
        Split(a, out int high, out int low);
        return a - b * 3 + high ^ low;
    }

    private static void Swap(ref int a, ref int b)
    {
        int kept = a;
        a = b;
        b = kept;
    }

    private static void Split(int value, out int high, out int low)
    {
        high = value >> 16;
        low = value & 0xFFFF;
    }

    public static int FunctionPointers(int a, int b)
    {
        delegate*<int, int, int> chosen = (a & 1) == 0 ? &Plus : &Minus;
        delegate*<int, int, int>* table = stackalloc delegate*<int, int, int>[2];
        table[0] = chosen;
        table[1] = &Plus;
        return chosen(a, b) + table[b & 1](b, a) * 3;
    }

    private static int Plus(int a, int b) => a + b;
    private static int Minus(int a, int b) => a - b;

    public static int BoundedRecursion(int n) => Fibonacci(n & 15);

    [AllowRecursion]
    private static int Fibonacci(int n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);

    public static int SharedSlots(int n)
    {
        int sum = 0;
        for (int first = 0; first < (n & 7); first++) sum += first;
        for (int second = 10; second > (n & 3); second--) sum -= second;
        { int third = sum * 2; sum ^= third; }
        return sum;
    }
}
