static int last = 7; static const char text[]="hello world this is data";
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; char *e=(char*)&last; unsigned a=((unsigned)e+4095)&~4095u; volatile int*p=(int*)a; for(int i=0;i<n;i++)p[i]=i; int s=b[3]+text[n&7]+last; for(int i=0;i<n;i++)s+=p[i]; last++; return s; }
