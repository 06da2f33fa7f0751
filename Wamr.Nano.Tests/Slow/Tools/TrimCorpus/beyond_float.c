double d=8192.0;
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p=(int*)(unsigned)d; for(int i=0;i<n;i++)p[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p[i]; d+=1; return s; }
