int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i*n; int s=0; for(int i=0;i<8;i++)s+=b[i]; return s; }
