static const int t[16]={1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16};
int sum(int n){ volatile int b[8]; int s=0; for(int i=0;i<n;i++){b[i&7]=t[i&15]; s+=b[(i+1)&7]*0+b[i&7];} return s; }
