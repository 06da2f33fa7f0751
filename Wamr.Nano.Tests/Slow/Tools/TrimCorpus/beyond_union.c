union u { int*p; struct {unsigned short lo,hi;} h; };
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile union u x; x.h.lo=0x3000; x.h.hi=0; volatile int*p=x.p; for(int i=0;i<n;i++)p[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p[i]; return s; }
