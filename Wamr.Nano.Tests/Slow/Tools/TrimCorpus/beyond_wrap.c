int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int *a=(int*)(0u-57344u*1u+65536u); for(int i=0;i<n;i++)a[i]=i; int s=b[3]; for(int i=0;i<n;i++)s+=a[i]; return s; }
