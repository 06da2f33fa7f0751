struct n{int v; struct n*next;};
int sum(int n){ struct n l[8]; for(int i=0;i<8;i++){l[i].v=i*n; l[i].next=i<7?&l[i+1]:0;} int s=0; for(volatile struct n*p=l;p;p=p->next)s+=p->v; return s; }
