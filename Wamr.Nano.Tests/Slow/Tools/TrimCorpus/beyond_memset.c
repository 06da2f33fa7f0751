extern char __heap_base[];
int sum(int n){ volatile int b[8]; for(int i=0;i<8;i++)b[i]=i; __builtin_memset(__heap_base,n,200); int s=b[3]; for(int i=0;i<200;i++)s+=((volatile char*)__heap_base)[i]; return s; }
