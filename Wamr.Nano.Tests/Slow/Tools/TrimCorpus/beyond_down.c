int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p=(int*)65536; for(int i=0;i<n;i++)*--p=i; int s=b[3]; for(int i=0;i<n;i++)s+=*p++; return s; }
