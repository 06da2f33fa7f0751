unsigned short half[2]={0x2000,0};
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p=(int*)(half[0]|(half[1]<<16)); for(int i=0;i<n;i++)p[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p[i]; half[0]+=4; return s; }
