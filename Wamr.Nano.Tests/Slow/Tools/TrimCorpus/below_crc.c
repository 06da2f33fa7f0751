__attribute__((noinline)) unsigned crc(const volatile unsigned char*p,int n){ unsigned c=~0u; while(n--){ c^=*p++; for(int k=0;k<8;k++) c=c&1?(c>>1)^0xEDB88320u:c>>1; } return ~c; }
int sum(int n){ volatile unsigned char b[64]; for(int i=0;i<64;i++)b[i]=i*n; return crc(b,64); }
