static const short taps[16]={1,-2,3,-4,5,-6,7,-8,9,-10,11,-12,13,-14,15,-16};
__attribute__((noinline)) int fir(const volatile short*x){ int s=0; for(int i=0;i<16;i++)s+=x[i]*taps[i]; return s; }
int sum(int n){ volatile short x[64]; for(int i=0;i<64;i++)x[i]=i*n; int s=0; for(int i=0;i<48;i++)s+=fir(x+i); return s; }
