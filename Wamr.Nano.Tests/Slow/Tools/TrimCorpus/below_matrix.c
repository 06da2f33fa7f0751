__attribute__((noinline)) void mul(volatile int*a,volatile int*b,volatile int*c){ for(int i=0;i<4;i++)for(int j=0;j<4;j++){int s=0;for(int k=0;k<4;k++)s+=a[i*4+k]*b[k*4+j];c[i*4+j]=s;} }
int sum(int n){ volatile int a[16],b[16],c[16]; for(int i=0;i<16;i++){a[i]=i+n;b[i]=i-n;} mul(a,b,c); int s=0; for(int i=0;i<16;i++)s+=c[i]; return s; }
