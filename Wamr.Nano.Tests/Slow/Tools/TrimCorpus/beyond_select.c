extern char __heap_base[];
static int arr[64]={1,2,3};
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; volatile int*p= n>5 ? (int*)__heap_base : arr; for(int i=0;i<n&&i<64;i++)p[i]=i; int s=b[3]; for(int i=0;i<n&&i<64;i++)s+=p[i]; return s; }
