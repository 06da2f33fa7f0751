int get(volatile int*p){return *p;} void put(volatile int*p,int v){volatile int b[4];b[v&3]=v;*p=v;}
int sum(int n){ put((int*)(4096+n*4),n); return get((int*)(4096+n*4)); }
