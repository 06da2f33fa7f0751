__attribute__((noinline)) void sort(volatile int*a,int n){ for(int i=1;i<n;i++){int v=a[i],j=i; while(j>0&&a[j-1]>v){a[j]=a[j-1];j--;} a[j]=v;} }
int sum(int n){ volatile int a[32]; unsigned x=n; for(int i=0;i<32;i++){x=x*1103515245+12345; a[i]=x>>16;} sort(a,32); int s=0; for(int i=0;i<32;i++)s=s*31+a[i]; return s; }
