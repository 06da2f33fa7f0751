static int buf[64];
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; for(int i=0;i<64;i++)buf[i]+=i*n; int s=b[2]; for(int i=0;i<64;i++)s+=buf[i]; return s; }
