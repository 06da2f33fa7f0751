// SPDX-License-Identifier: MIT
// Runs a script: closures, tables, strings, patterns, numbers, sorting, garbage.
#include "driver.h"
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

static const char script[] =
    "local function queens(n)\n"
    "  local count, cols, d1, d2 = 0, {}, {}, {}\n"
    "  local function place(row)\n"
    "    if row > n then count = count + 1 return end\n"
    "    for c = 1, n do\n"
    "      if not (cols[c] or d1[row + c] or d2[row - c + n]) then\n"
    "        cols[c], d1[row + c], d2[row - c + n] = true, true, true\n"
    "        place(row + 1)\n"
    "        cols[c], d1[row + c], d2[row - c + n] = nil, nil, nil\n"
    "      end\n"
    "    end\n"
    "  end\n"
    "  place(1)\n"
    "  return count\n"
    "end\n"
    "print('queens', queens(6), queens(7))\n"
    "local words, order = {}, {}\n"
    "for w in TEXT:gmatch('%a+') do if not words[w] then words[w] = 0; order[#order + 1] = w end; words[w] = words[w] + 1 end\n"
    "table.sort(order, function(a, b) if words[a] ~= words[b] then return words[a] > words[b] end return a < b end)\n"
    "for i = 1, 5 do print(order[i], words[order[i]]) end\n"
    "print(('%5.2f|%-6s|%x|%q'):format(3.14159, 'ab', 255, 'a\\nb'), #TEXT:rep(3), TEXT:sub(1, 20):reverse():upper())\n"
    "print((TEXT:sub(1, 60):gsub('(%w+) (%w+)', '%2 %1')))\n"
    "local sum = 0\n"
    "for i = 1, 4000 do sum = sum + (i % 7) / (1 + i // 3) end\n"
    "print(sum, 7 // 2, -7 // 2, 7 % -3, 2^53, 1 << 62, math.maxinteger + 1 == math.mininteger, 1e15, 0.1)\n"
    "local s = 0\n"
    "for y = 0, 15 do for x = 0, 15 do local a, b, n = 0.0, 0.0, 0\n"
    "  while n < 40 and a * a + b * b < 4 do a, b, n = a * a - b * b + (x - 10) / 8, 2 * a * b + (y - 8) / 8, n + 1 end\n"
    "  s = s * 3 + n & 0xFFFFFFFF end end\n"
    "print('mandelbrot', s)\n"
    "local meta = setmetatable({}, {__index = function(t, k) return k * 2 end, __add = function(a, b) return 'added' end})\n"
    "print(meta[21], meta + 1, select('#', table.unpack({1, 2, nil, 4}, 1, 4)), tostring(nil), #'h\\u{e9}llo', utf8.len('h\\u{e9}llo'))\n"
    "for i = 1, 300 do local t = {}; for j = 1, 10 do t[j] = {i, j, tostring(i * j)} end end\n"
    "collectgarbage()\n"
    "print(collectgarbage('count') < 200)\n";

int main(void)
{
    static char text[4000];
    driver_text(text, sizeof text);
    lua_State *state = luaL_newstate();
    CHECK(state);
    static const luaL_Reg libraries[] = {{LUA_GNAME, luaopen_base}, {LUA_TABLIBNAME, luaopen_table}, {LUA_STRLIBNAME, luaopen_string}, {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8}};
    for (size_t n = 0; n < sizeof libraries / sizeof *libraries; n++) {
        luaL_requiref(state, libraries[n].name, libraries[n].func, 1);
        lua_pop(state, 1);
    }
    lua_pushlstring(state, text, sizeof text);
    lua_setglobal(state, "TEXT");
    CHECK(luaL_loadstring(state, script) == LUA_OK);
    CHECK(lua_pcall(state, 0, 0, 0) == LUA_OK);
    lua_close(state);
    return 0;
}
