__attribute__((noinline)) int work(volatile int *a,int n){ for(int i=0;i<n;i++)a[i]=i; int s=0; for(int i=0;i<n;i++)s+=a[i]; return s; }
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; return work((int*)(n<<8),n)+b[3]; }
int poke(int *p,int v){ *p=v; return *p; }
