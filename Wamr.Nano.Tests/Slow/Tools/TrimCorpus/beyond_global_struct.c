extern char __heap_base[]; static struct {int a; char*cur; char*end;} st={3,__heap_base,__heap_base+8192};
__attribute__((noinline)) void*alloc(int n){ void*p=st.cur; if(st.cur+n>st.end) return 0; st.cur+=(n+7)&~7; return p; }
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p=alloc(4*n); if(!p)return -1; for(int i=0;i<n;i++)p[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p[i]; return s; }
