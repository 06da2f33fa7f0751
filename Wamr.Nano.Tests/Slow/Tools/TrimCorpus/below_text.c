static const char msg[]="the quick brown fox jumps over the lazy dog";
__attribute__((noinline)) int len(const char*s){int n=0; while(s[n])n++; return n;}
int sum(int n){ volatile char b[64]; int l=len(msg); for(int i=0;i<l;i++)b[i]=msg[l-1-i]; int s=0; for(int i=0;i<l;i++)s+=b[i]*n; return s; }
