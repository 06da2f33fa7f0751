unsigned char by[4]={0,0x20,0,0};
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; unsigned a=by[0]|by[1]<<8|by[2]<<16; volatile int*p=(int*)a; for(int i=0;i<n;i++)p[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p[i]; by[0]+=4; return s; }
