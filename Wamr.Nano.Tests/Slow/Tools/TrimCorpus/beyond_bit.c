static const unsigned char shift[4]={13,13,13,14};
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p=(int*)(1u<<shift[n&3]); for(int i=0;i<n;i++)p[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=p[i]; return s; }
